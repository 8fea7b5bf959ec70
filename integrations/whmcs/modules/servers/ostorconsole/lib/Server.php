<?php

namespace OstorConsole;

/** The server entry of WHMCS: host name of the console, key id as its username, shared secret as its password. */
final class Server
{
    public static function address(array $params): string
    {
        $host = (string) ($params['serverhostname'] ?? '');
        $port = (string) ($params['serverport'] ?? '');
        $scheme = empty($params['serversecure']) ? 'http' : 'https';
        return "$scheme://$host" . ($port === '' ? '' : ":$port");
    }

    public static function console(array $params): Console
    {
        return new Console(self::address($params), (string) $params['serverusername'], (string) $params['serverpassword']);
    }
}
