<?php

namespace OstorConsole;

use RuntimeException;

/** Writes into the activity log of a client, each entry at most once. */
final class Activity
{
    /** False when somebody else is at it, so that it is to be asked for again. */
    public static function add(int $clientId, string $marker, string $text): bool
    {
        Notes::checkText($clientId, $marker, $text);
        $claim = Claims::take($clientId, $marker);
        if ($claim === Claims::DONE || $claim === Claims::OTHERS) {
            return $claim === Claims::DONE;
        }
        if ($claim === Claims::NEW_ONE || !self::isThere($clientId, $marker)) {
            $answer = localAPI('LogActivity', ['clientid' => $clientId, 'description' => $text]);
            if (($answer['result'] ?? '') !== 'success') {
                Claims::release($marker);
                throw new RuntimeException((string) ($answer['message'] ?? 'WHMCS did not say why.'));
            }
        }
        Claims::settle($marker, 0);
        return true;
    }

    private static function isThere(int $clientId, string $marker): bool
    {
        $answer = localAPI('GetActivityLog', ['clientid' => $clientId, 'description' => $marker]);
        if (($answer['result'] ?? '') !== 'success') {
            throw new Refused((string) ($answer['message'] ?? 'WHMCS did not say why.'));
        }
        return (int) ($answer['totalresults'] ?? 0) > 0;
    }
}
