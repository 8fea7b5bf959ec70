<?php

namespace OstorConsole;

/** What the addon shows inside WHMCS. Every text is escaped here, wherever it comes from. */
final class Page
{
    public static function escaped($text): string
    {
        return htmlspecialchars((string) $text, ENT_QUOTES | ENT_SUBSTITUTE, 'UTF-8');
    }

    public static function alert(string $text): string
    {
        return '<div class="alert alert-warning">' . self::escaped($text) . '</div>';
    }

    /** Sends the ticket by POST, so that it stands in no address, history or log. */
    public static function launch(string $consoleUrl, string $ticket): string
    {
        return sprintf(
            '<form id="ostorconsole" method="post" action="%s"><input type="hidden" name="ticket" value="%s">'
                . '<button type="submit" class="btn btn-primary">Open the storage console</button></form>'
                . '<script>document.getElementById("ostorconsole").submit()</script>',
            self::escaped(rtrim($consoleUrl, '/') . '/api/v1/sso/whmcs'),
            self::escaped($ticket)
        );
    }

    /** Keys by their ids only; the console hands no secret to WHMCS. */
    public static function panel(array $answer, int $clientId): string
    {
        $rows = '';
        foreach ($answer['users'] as $user) {
            $cells = [
                ($user['email'] ?? $user['userId']),
                $user['state'],
                isset($user['keyIds']) ? implode(', ', $user['keyIds']) : 'not known',
                self::gigabytes($user['storedBytes']),
                self::gigabytes($user['downloadedBytes']),
                $user['operations'] ?? 'not known',
            ];
            $rows .= '<tr><td>' . implode('</td><td>', array_map([self::class, 'escaped'], $cells)) . '</td></tr>';
        }
        $head = '<tr><th>S3 user</th><th>State</th><th>Keys</th><th>Stored</th><th>Downloaded</th><th>Requests</th></tr>';
        $table = $rows === ''
            ? '<p>No S3 user belongs to this client.</p>'
            : '<table class="table table-condensed"><thead>' . $head . '</thead><tbody>' . $rows . '</tbody></table>'
                . '<p><small>Downloads and requests since ' . self::escaped(substr($answer['from'], 0, 10))
                . self::until($answer) . '. 1 GB is 10^9 bytes.</small></p>';
        return self::framed($table . '<p>' . self::link($clientId) . '</p>');
    }

    private static function until(array $answer): string
    {
        $instant = $answer['completeUntil'] ?? null;
        return $instant === null || $instant < $answer['from']
            ? ', as far as they are counted'
            : ', counted up to ' . self::escaped(substr($instant, 0, 10) . ' ' . substr($instant, 11, 5))
                . ' UTC, gaps left aside';
    }

    public static function framed(string $html): string
    {
        return '<div class="panel panel-default"><div class="panel-heading">S3 storage</div><div class="panel-body">'
            . $html . '</div></div>';
    }

    public static function link(int $clientId): string
    {
        return '<a href="addonmodules.php?module=ostorconsole&amp;clientid=' . $clientId . '">S3 storage</a>';
    }

    /** In whole thousandths, without the rounding of floating point; bytes come as decimal text. */
    private static function gigabytes($bytes): string
    {
        if (!is_string($bytes) || !ctype_digit($bytes)) {
            return 'not known';
        }
        $digits = str_pad(substr($bytes, 0, -6) ?: '0', 4, '0', STR_PAD_LEFT);
        return substr($digits, 0, -3) . '.' . substr($digits, -3) . ' GB';
    }
}
