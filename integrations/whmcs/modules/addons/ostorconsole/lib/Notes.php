<?php

namespace OstorConsole;

use WHMCS\Database\Capsule;

/** Adds and removes notes about keys and users, each at most once, and never one that is not the console's. */
final class Notes
{
    const MARKER = '/^\[ostor-dash:[a-z]:[0-9A-HJKMNP-TV-Z]{26}\]$/D';
    const LONGEST = 4000;

    /** The number of the note; null when somebody else is at it, so that it is to be asked for again. */
    public static function add(int $clientId, string $marker, string $text): ?int
    {
        self::checkText($clientId, $marker, $text);
        $claim = Claims::take($clientId, $marker);
        if ($claim === Claims::OTHERS) {
            return null;
        }
        if ($claim === Claims::DONE) {
            return (int) Claims::row($clientId, $marker)->note_id;
        }
        // The run before may have added it and ended before it could say so.
        return self::found($clientId, $marker) ?? self::send($clientId, $marker, $text);
    }

    /** Whether this addon added the note, for this client. */
    public static function isOwn(int $clientId, string $marker): bool
    {
        self::checkMarker($clientId, $marker);
        return Claims::row($clientId, $marker) !== null;
    }

    /** Whether a note went. Only one that this addon added, for this client, and that still carries the marker, can. */
    public static function remove(int $clientId, string $marker): bool
    {
        self::checkMarker($clientId, $marker);
        $row = Claims::row($clientId, $marker);
        if (!$row) {
            throw new Refused('This addon did not add that note, so it does not remove it.');
        }
        $noteId = $row->note_id === null ? self::found($clientId, $marker) : (int) $row->note_id;
        if ($noteId === null) {
            return false;
        }
        return Capsule::table('tblnotes')
            ->where('id', $noteId)
            ->where('userid', $clientId)
            ->whereRaw('LOCATE(BINARY ?, note) > 0', [$marker])
            ->delete() > 0;
    }

    public static function checkText(int $clientId, string $marker, string $text): void
    {
        self::checkMarker($clientId, $marker);
        $isPlain = preg_match('/^[\x20-\x7e\n]+$/D', $text) === 1;
        if (!$isPlain || strlen($text) > self::LONGEST || substr($text, -strlen($marker)) !== $marker) {
            throw new Refused('The text is not as the console writes it.');
        }
    }

    private static function checkMarker(int $clientId, string $marker): void
    {
        if ($clientId < 1 || !preg_match(self::MARKER, $marker)) {
            throw new Refused('This is no marker of the console.');
        }
    }

    private static function found(int $clientId, string $marker): ?int
    {
        $note = Capsule::table('tblnotes')
            ->where('userid', $clientId)
            ->whereRaw('LOCATE(BINARY ?, note) > 0', [$marker])
            ->first();
        return $note ? Claims::settle($marker, (int) $note->id) : null;
    }

    private static function send(int $clientId, string $marker, string $text): int
    {
        $answer = localAPI('AddClientNote', ['userid' => $clientId, 'notes' => $text]);
        if (($answer['result'] ?? '') !== 'success' || (int) ($answer['noteid'] ?? 0) < 1) {
            Claims::release($marker);
            throw new Refused((string) ($answer['message'] ?? 'WHMCS did not say why.'));
        }
        return Claims::settle($marker, (int) $answer['noteid']);
    }
}
