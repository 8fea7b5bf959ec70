<?php

namespace OstorConsole;

use RuntimeException;
use WHMCS\Database\Capsule;

/** What the addon keeps: tables of its own, and nothing else, are changed here. */
final class Kept
{
    const VALUES = 'mod_ostorconsole_kept';
    const NOTES = 'mod_ostorconsole_notes';

    public static function createTables(): void
    {
        $schema = Capsule::schema();
        if (!$schema->hasTable(self::VALUES)) {
            $schema->create(self::VALUES, function ($table) {
                $table->string('name', 64)->primary();
                $table->longText('value');
                $table->integer('until');
            });
        }
        if (!$schema->hasTable(self::NOTES)) {
            $schema->create(self::NOTES, function ($table) {
                $table->string('marker', 64)->primary();
                $table->integer('client_id');
                $table->integer('note_id')->nullable();
                $table->integer('claimed_at');
            });
        }
    }

    /** The numbers of the notes stay: without them no note could be removed later. */
    public static function dropValues(): void
    {
        Capsule::schema()->dropIfExists(self::VALUES);
    }

    public static function read(string $name): ?array
    {
        $row = Capsule::table(self::VALUES)->where('name', $name)->first();
        if (!$row || ((int) $row->until !== 0 && (int) $row->until < time())) {
            return null;
        }
        $value = json_decode((string) $row->value, true);
        return is_array($value) ? $value : null;
    }

    public static function write(string $name, array $value, int $seconds = 0): void
    {
        $text = json_encode($value, JSON_THROW_ON_ERROR | JSON_INVALID_UTF8_SUBSTITUTE);
        $until = $seconds === 0 ? 0 : time() + $seconds;
        Capsule::table(self::VALUES)->updateOrInsert(['name' => $name], ['value' => $text, 'until' => $until]);
    }

    /**
     * WHMCS hands the settings to the page of the addon and not to its hooks, so the page leaves them here, the secret
     * encrypted by WHMCS.
     */
    public static function keepSettings(array $vars): void
    {
        $answer = localAPI('EncryptPassword', ['password2' => (string) $vars['shared_secret']]);
        if (!isset($answer['password'])) {
            throw new RuntimeException('WHMCS could not encrypt the shared secret.');
        }
        self::write('settings', [
            'url' => (string) $vars['console_url'],
            'key' => (string) $vars['key_id'],
            'secret' => (string) $answer['password'],
            'panel' => ($vars['show_panel'] ?? '') === 'on',
            'pull' => ($vars['pull_queue'] ?? '') === 'on',
        ]);
    }

    public static function settings(): ?array
    {
        return self::read('settings');
    }

    public static function console(array $settings): Console
    {
        $answer = localAPI('DecryptPassword', ['password2' => $settings['secret']]);
        if (!isset($answer['password'])) {
            throw new RuntimeException('WHMCS could not decrypt the shared secret.');
        }
        return new Console($settings['url'], $settings['key'], (string) $answer['password']);
    }
}
