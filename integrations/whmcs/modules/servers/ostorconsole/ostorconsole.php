<?php

if (!defined('WHMCS')) {
    die('This file cannot be accessed directly');
}

// The addon is needed too: it signs requests and keeps figures.
require_once __DIR__ . '/../../addons/ostorconsole/lib/load.php';
require_once __DIR__ . '/lib/Server.php';

use OstorConsole\MetricsProvider;
use OstorConsole\Server;
use WHMCS\Authentication\CurrentUser;

function ostorconsole_MetaData(): array
{
    return [
        'DisplayName' => 'Ostor Console',
        'APIVersion' => '1.1',
        'RequiresServer' => true,
        'DefaultSSLPort' => '443',
        'DefaultNonSSLPort' => '80',
        'ServiceSingleSignOnLabel' => 'Open the storage console',
    ];
}

function ostorconsole_TestConnection(array $params): array
{
    try {
        Server::console($params)->get('/api/v1/whmcs/addon/queue');
        return ['success' => true, 'error' => ''];
    } catch (Throwable $error) {
        return ['success' => false, 'error' => $error->getMessage()];
    }
}

/**
 * Leads to the page of the addon, which makes the ticket and posts it: made here, it would stand in an address. Only for
 * admins, since clients have no account in the console.
 */
function ostorconsole_ServiceSingleSignOn(array $params): array
{
    if (!(new CurrentUser())->isAuthenticatedAdmin()) {
        return ['success' => false, 'errorMsg' => 'The storage console is for the staff of your provider.'];
    }
    $clientId = (int) ($params['userid'] ?? 0);
    if ($clientId < 1) {
        return ['success' => false, 'errorMsg' => 'WHMCS did not say which client this is.'];
    }
    return ['success' => true, 'redirectTo' => 'addonmodules.php?module=ostorconsole&clientid=' . $clientId];
}

function ostorconsole_MetricProvider(array $params)
{
    require_once __DIR__ . '/lib/MetricsProvider.php';
    return new MetricsProvider($params);
}
