<?php

if (!defined('WHMCS')) {
    die('This file cannot be accessed directly');
}

require_once __DIR__ . '/lib/load.php';

use OstorConsole\Kept;
use OstorConsole\Page;
use OstorConsole\Queue;

add_hook('AdminAreaClientSummaryActionLinks', 1, function (array $vars): array {
    return [Page::link((int) $vars['userid'])];
});

add_hook('AdminAreaClientSummaryPage', 1, function (array $vars): string {
    try {
        $settings = Kept::settings();
        if ($settings === null || !$settings['panel']) {
            return '';
        }
        $clientId = (int) $vars['userid'];
        // The page of a client must not wait long for somebody else.
        $answer = Kept::console($settings)->get('/api/v1/whmcs/addon/panel?clientId=' . $clientId, 4);
        return Page::panel($answer, $clientId);
    } catch (Throwable $error) {
        return Page::framed(Page::alert($error->getMessage()));
    }
});

add_hook('AfterCronJob', 1, function (): void {
    try {
        $settings = Kept::settings();
        if ($settings !== null && $settings['pull']) {
            Queue::pull(Kept::console($settings));
        }
    } catch (Throwable $error) {
        logActivity('Ostor Console: ' . $error->getMessage());
    }
});
