<?php

namespace OstorConsole;

use Throwable;
use WHMCS\Database\Capsule;

/** Who adds what: a row is written before anything is added, and of several runs one writes it. */
final class Claims
{
    const DONE = 'done';
    const OTHERS = 'others';
    const NEW_ONE = 'new';
    const ABANDONED = 'abandoned';
    /** Seconds after which whoever began is taken for gone. */
    const SECONDS = 600;

    public static function take(int $clientId, string $marker): string
    {
        $row = self::row($clientId, $marker);
        if (!$row) {
            return self::write($clientId, $marker) ? self::NEW_ONE : self::OTHERS;
        }
        if ($row->note_id !== null) {
            return self::DONE;
        }
        return self::takeOver($row) ? self::ABANDONED : self::OTHERS;
    }

    public static function row(int $clientId, string $marker): ?object
    {
        return Capsule::table(Kept::NOTES)->where('marker', $marker)->where('client_id', $clientId)->first();
    }

    public static function settle(string $marker, int $noteId): int
    {
        Capsule::table(Kept::NOTES)->where('marker', $marker)->update(['note_id' => $noteId]);
        return $noteId;
    }

    /** Whoever comes next may go on at once. */
    public static function leave(string $marker): void
    {
        Capsule::table(Kept::NOTES)->where('marker', $marker)->update(['claimed_at' => 0]);
    }

    public static function release(string $marker): void
    {
        Capsule::table(Kept::NOTES)->where('marker', $marker)->delete();
    }

    private static function write(int $clientId, string $marker): bool
    {
        try {
            return Capsule::table(Kept::NOTES)->insert([
                'marker' => $marker, 'client_id' => $clientId, 'note_id' => null, 'claimed_at' => time(),
            ]);
        } catch (Throwable $taken) {
            return false;
        }
    }

    private static function takeOver(object $row): bool
    {
        if ((int) $row->claimed_at > time() - self::SECONDS) {
            return false;
        }
        return Capsule::table(Kept::NOTES)
            ->where('marker', $row->marker)
            ->where('claimed_at', $row->claimed_at)
            ->update(['claimed_at' => time()]) === 1;
    }
}
