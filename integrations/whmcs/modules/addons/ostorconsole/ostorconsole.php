<?php

if (!defined('WHMCS')) {
    die('This file cannot be accessed directly');
}

require_once __DIR__ . '/lib/load.php';

use OstorConsole\Console;
use OstorConsole\Kept;
use OstorConsole\Page;
use OstorConsole\Ticket;
use WHMCS\Authentication\CurrentUser;

function ostorconsole_config(): array
{
    $text = static function (string $name, string $description): array {
        return ['FriendlyName' => $name, 'Type' => 'text', 'Size' => '60', 'Description' => $description];
    };
    $choice = static function (string $name, string $description): array {
        return ['FriendlyName' => $name, 'Type' => 'yesno', 'Description' => $description];
    };
    return [
        'name' => 'Ostor Console',
        'description' => 'Opens the S3 storage console for a client, and keeps its notes in step.',
        'version' => '1.0',
        'author' => 'Ostor Console',
        'fields' => [
            'console_url' => $text('Address of the console', 'Such as https://console.example.com (PUBLIC_URL)'),
            'key_id' => $text('Key id', 'As WHMCS_ADDON_KEY_ID of the console'),
            'shared_secret' => [
                'FriendlyName' => 'Shared secret',
                'Type' => 'password',
                'Size' => '60',
                'Description' => 'As WHMCS_ADDON_SECRET of the console',
            ],
            'show_panel' => $choice('Panel', 'Show keys and usage on the summary of a client'),
            'pull_queue' => $choice('Notes', 'Write and remove notes when cron runs (WHMCS_MODE=addon)'),
        ],
    ];
}

function ostorconsole_activate(): array
{
    try {
        Kept::createTables();
        return ['status' => 'success', 'description' => 'Fill in the settings, then open Addons > Ostor Console once.'];
    } catch (Throwable $error) {
        return ['status' => 'error', 'description' => 'The tables could not be made: ' . $error->getMessage()];
    }
}

function ostorconsole_deactivate(): array
{
    try {
        Kept::dropValues();
        return ['status' => 'success', 'description' => 'The numbers of its notes stay in mod_ostorconsole_notes.'];
    } catch (Throwable $error) {
        return ['status' => 'error', 'description' => $error->getMessage()];
    }
}

function ostorconsole_output(array $vars): void
{
    $admin = (new CurrentUser())->admin();
    if (!$admin) {
        echo Page::alert('Sign in to WHMCS first.');
        return;
    }
    $problem = Console::problemOf((string) $vars['console_url']);
    if ($problem === null && ((string) $vars['key_id'] === '' || strlen((string) $vars['shared_secret']) < 32)) {
        $problem = 'The key id and the shared secret must be those of the console.';
    }
    if ($problem !== null) {
        echo Page::alert($problem);
        return;
    }
    $clientId = filter_var($_GET['clientid'] ?? '', FILTER_VALIDATE_INT, ['options' => ['min_range' => 1]]);
    if ($clientId !== false) {
        $ticket = Ticket::sign($vars['key_id'], $vars['shared_secret'], (int) $admin->id, (string) $admin->fullName, $clientId);
        echo Page::launch($vars['console_url'], $ticket);
        return;
    }
    try {
        Kept::keepSettings($vars);
        Kept::console(Kept::settings())->get('/api/v1/whmcs/addon/queue');
        echo '<p>The settings are kept, and the console answers. Open a client to go to its S3 storage.</p>';
    } catch (Throwable $error) {
        echo Page::alert($error->getMessage());
    }
}
