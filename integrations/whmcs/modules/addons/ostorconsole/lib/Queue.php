<?php

namespace OstorConsole;

use Throwable;

/** Fetches what WHMCS is to be told, does it inside WHMCS, and reports how it went. */
final class Queue
{
    const MOST_SECONDS = 45;
    const UNKNOWN = 'unknown';

    public static function pull(Console $console): int
    {
        $until = time() + self::MOST_SECONDS;
        $results = [];
        $held = [];
        foreach ($console->post('/api/v1/whmcs/addon/queue', new \stdClass())['items'] as $item) {
            $clientId = (int) $item['clientId'];
            // What comes behind something that failed waits, so that a client's messages stay in order.
            if (isset($held[$clientId]) || time() >= $until) {
                $result = self::result($item, 'later', 'It waits behind another message of this client, or for the next run.');
            } else {
                $result = self::tried($item, $clientId);
            }
            if ($result['outcome'] !== 'done') {
                $held[$clientId] = true;
            }
            $results[] = $result;
        }
        if ($results !== []) {
            $console->post('/api/v1/whmcs/addon/report', ['results' => $results]);
        }
        return count($results);
    }

    private static function tried(array $item, int $clientId): array
    {
        try {
            $noteId = self::carryOut($item, $clientId);
            if ($noteId === self::UNKNOWN) {
                return self::result($item, 'unknown', 'It may have been done, and WHMCS does not show it.');
            }
            return $noteId === false
                ? self::result($item, 'failed', 'Another run of cron is at it.')
                : ['id' => (string) $item['id'], 'outcome' => 'done', 'noteId' => $noteId];
        } catch (Refused $refused) {
            return self::result($item, 'refused', $refused->getMessage());
        } catch (Throwable $failed) {
            return self::result($item, 'failed', $failed->getMessage());
        }
    }

    private static function result(array $item, string $outcome, string $detail): array
    {
        return ['id' => (string) $item['id'], 'outcome' => $outcome, 'detail' => substr($detail, 0, 500)];
    }

    /** The number of the note or invoice that was added, null without one; false when somebody else is at it, or UNKNOWN. */
    private static function carryOut(array $item, int $clientId)
    {
        switch ($item['kind']) {
            case 'note.add':
                return Notes::add($clientId, (string) $item['marker'], (string) $item['text']) ?? false;
            case 'note.delete':
                if (Notes::isOwn($clientId, (string) $item['marker'])) {
                    Notes::remove($clientId, (string) $item['marker']);
                    return null;
                }
                // What stands in the note is said to be over, since the note itself is not ours to remove.
                return Notes::add($clientId, (string) $item['insteadMarker'], (string) $item['text']) ?? false;
            case 'activity.add':
                return Activity::add($clientId, (string) $item['marker'], (string) $item['text']) ? null : false;
            case 'link.set':
                if ((int) ($item['fieldId'] ?? 0) < 1) {
                    throw new Refused('WHMCS_LINK_FIELD_ID of the console is not set.');
                }
                $fields = base64_encode(serialize([(int) $item['fieldId'] => (string) $item['value']]));
                self::call('UpdateClient', ['clientid' => $clientId, 'customfields' => $fields]);
                return null;
            case 'usage.set':
                return Usage::set($clientId, $item['service'], (bool) $item['mayHaveArrived']) ? null : self::UNKNOWN;
            case 'invoice.draft':
                $sure = [$item['lines'], (bool) $item['mayHaveArrived']];
                return Invoices::draft($clientId, (string) $item['marker'], (string) $item['text'], ...$sure) ?? self::UNKNOWN;
            default:
                throw new Refused('This version of the addon does not know how to do that.');
        }
    }

    private static function call(string $action, array $values): void
    {
        $answer = localAPI($action, $values);
        if (($answer['result'] ?? '') !== 'success') {
            throw new Refused((string) ($answer['message'] ?? 'WHMCS did not say why.'));
        }
    }
}
