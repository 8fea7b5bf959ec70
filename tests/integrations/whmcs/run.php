<?php

// Does in WHMCS what the first argument says, with the second as JSON, and writes what comes of it.

require __DIR__ . '/stubs.php';

$modules = __DIR__ . '/../../../integrations/whmcs/modules';
$given = json_decode($argv[2] ?? '{}', true);
require_once $modules . '/addons/ostorconsole/ostorconsole.php';
require_once $modules . '/addons/ostorconsole/hooks.php';
require_once $modules . '/servers/ostorconsole/ostorconsole.php';

function figuresOf(array $metrics): array
{
    $figures = [];
    foreach ($metrics as $metric) {
        $figures[$metric->systemName()] = $metric->usage === null ? null : $metric->usage->value;
    }
    return $figures;
}

switch ($argv[1]) {
    case 'activate':
        echo json_encode(ostorconsole_activate());
        break;
    case 'deactivate':
        echo json_encode(ostorconsole_deactivate());
        break;
    case 'output':
        $_GET = $given['get'] ?? [];
        ostorconsole_output($given['vars']);
        break;
    case 'hook':
        $answer = $hooks[$given['name']]($given['vars'] ?? []);
        echo is_array($answer) ? implode('', $answer) : (string) $answer;
        break;
    case 'metrics':
        $provider = ostorconsole_MetricProvider($given);
        echo json_encode([
            'metrics' => array_map(static function ($metric) {
                return $metric->parts;
            }, $provider->metrics()),
            'usage' => (object) array_map('figuresOf', $provider->usage()),
            'stranger' => figuresOf($provider->tenantUsage('stranger')),
        ]);
        break;
    case 'test':
        echo json_encode(ostorconsole_TestConnection($given));
        break;
    case 'sso':
        echo json_encode(ostorconsole_ServiceSingleSignOn($given));
        break;
    case 'panel':
        echo OstorConsole\Page::panel($given['answer'], $given['clientId']);
        break;
}
