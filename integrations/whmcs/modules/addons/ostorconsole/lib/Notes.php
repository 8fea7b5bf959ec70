<?php

namespace OstorConsole;

use RuntimeException;
use Throwable;
use WHMCS\Database\Capsule;

/** Adds and removes notes about keys and users, each at most once, and never one that is not the console's. */
final class Notes
{
    const MARKER = '/^\[ostor-dash:[a-z]:[0-9A-HJKMNP-TV-Z]{26}\]$/D';
    /** Seconds after which whoever began to add a note is taken for gone. */
    const CLAIM = 600;
    const LONGEST = 4000;

    /** The number of the note; null when somebody else is at it, so that it is to be asked for again. */
    public static function add(int $clientId, string $marker, string $text): ?int
    {
        self::check($clientId, $marker);
        if (strlen($text) > self::LONGEST || !preg_match('/^[\x20-\x7e\n]+$/D', $text) || substr_count($text, $marker) !== 1) {
            throw new RuntimeException('The text of the note is not as the console writes it.');
        }
        $row = Capsule::table(Kept::NOTES)->where('marker', $marker)->first();
        if ($row && $row->note_id !== null) {
            return (int) $row->note_id;
        }
        if ($row && !self::isAbandoned($row, $clientId)) {
            return self::found($clientId, $marker);
        }
        if (!$row && !self::claim($clientId, $marker)) {
            return null;
        }
        $there = self::found($clientId, $marker);
        return $there ?? self::send($clientId, $marker, $text);
    }

    /** Whether a note went. Only one that this addon added, for this client, and that still carries the marker, can. */
    public static function remove(int $clientId, string $marker): bool
    {
        self::check($clientId, $marker);
        $row = Capsule::table(Kept::NOTES)->where('marker', $marker)->where('client_id', $clientId)->first();
        if (!$row) {
            return false;
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

    private static function check(int $clientId, string $marker): void
    {
        if ($clientId < 1 || !preg_match(self::MARKER, $marker)) {
            throw new RuntimeException('This is no marker of the console.');
        }
    }

    private static function claim(int $clientId, string $marker): bool
    {
        try {
            return Capsule::table(Kept::NOTES)->insert([
                'marker' => $marker, 'client_id' => $clientId, 'note_id' => null, 'claimed_at' => time(),
            ]);
        } catch (Throwable $taken) {
            return false;
        }
    }

    /** Takes over from whoever began long ago; one of several succeeds. */
    private static function isAbandoned(object $row, int $clientId): bool
    {
        if ((int) $row->client_id !== $clientId || (int) $row->claimed_at > time() - self::CLAIM) {
            return false;
        }
        return Capsule::table(Kept::NOTES)
            ->where('marker', $row->marker)
            ->where('claimed_at', $row->claimed_at)
            ->update(['claimed_at' => time()]) === 1;
    }

    /** What was added although nobody could say so any more. */
    private static function found(int $clientId, string $marker): ?int
    {
        $note = Capsule::table('tblnotes')
            ->where('userid', $clientId)
            ->whereRaw('LOCATE(BINARY ?, note) > 0', [$marker])
            ->first();
        return $note ? self::keep($marker, (int) $note->id) : null;
    }

    private static function send(int $clientId, string $marker, string $text): int
    {
        $answer = localAPI('AddClientNote', ['userid' => $clientId, 'notes' => $text]);
        if (($answer['result'] ?? '') !== 'success' || (int) ($answer['noteid'] ?? 0) < 1) {
            Capsule::table(Kept::NOTES)->where('marker', $marker)->delete();
            throw new RuntimeException((string) ($answer['message'] ?? 'WHMCS did not say why.'));
        }
        return self::keep($marker, (int) $answer['noteid']);
    }

    private static function keep(string $marker, int $noteId): int
    {
        Capsule::table(Kept::NOTES)->where('marker', $marker)->update(['note_id' => $noteId]);
        return $noteId;
    }
}
