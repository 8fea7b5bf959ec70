<?php

namespace OstorConsole;

use RuntimeException;

/** Makes draft invoices, each at most once: where that is not certain, a person has to look. */
final class Invoices
{
    const PAGE = 100;

    /** The number of the invoice; false when somebody else is at it, null when it may be there and cannot be found. */
    public static function draft(int $clientId, string $marker, string $text, array $lines, bool $mayHaveArrived)
    {
        Notes::checkText($clientId, $marker, $text);
        $claim = Claims::take($clientId, $marker);
        if ($claim === Claims::OTHERS) {
            return false;
        }
        if ($claim === Claims::DONE) {
            return (int) Claims::row($clientId, $marker)->note_id;
        }
        if ($claim === Claims::ABANDONED || $mayHaveArrived) {
            $found = self::found($clientId, $marker);
            if ($found !== null) {
                return Claims::settle($marker, $found);
            }
            if ($mayHaveArrived) {
                Claims::leave($marker);
                return null;
            }
        }
        return self::send($clientId, $marker, $text, $lines);
    }

    private static function found(int $clientId, string $marker): ?int
    {
        $start = 0;
        do {
            $answer = localAPI('GetInvoices', [
                'userid' => $clientId, 'limitstart' => $start, 'limitnum' => self::PAGE, 'orderby' => 'id', 'order' => 'desc',
            ]);
            if (($answer['result'] ?? '') !== 'success') {
                throw new RuntimeException((string) ($answer['message'] ?? 'WHMCS did not say why.'));
            }
            $invoices = is_array($answer['invoices'] ?? '') ? ($answer['invoices']['invoice'] ?? []) : [];
            foreach ($invoices as $invoice) {
                if (strpos((string) ($invoice['notes'] ?? ''), $marker) !== false) {
                    return (int) $invoice['id'];
                }
            }
            $start += self::PAGE;
        } while (count($invoices) === self::PAGE);
        return null;
    }

    private static function send(int $clientId, string $marker, string $text, array $lines): int
    {
        $values = ['userid' => $clientId, 'draft' => true, 'notes' => $text];
        foreach (array_values($lines) as $at => $line) {
            $values['itemdescription' . ($at + 1)] = (string) $line['description'];
            $values['itemamount' . ($at + 1)] = (string) $line['amount'];
            $values['itemtaxed' . ($at + 1)] = true;
        }
        $answer = localAPI('CreateInvoice', $values);
        if (($answer['result'] ?? '') !== 'success' || (int) ($answer['invoiceid'] ?? 0) < 1) {
            Claims::release($marker);
            throw new Refused((string) ($answer['message'] ?? 'WHMCS did not say why.'));
        }
        return Claims::settle($marker, (int) $answer['invoiceid']);
    }
}
