<?php

namespace OstorConsole;

/** Signs an admin of WHMCS into the console, once and for a minute. */
final class Ticket
{
    const SECONDS = 60;

    public static function sign(string $keyId, string $secret, int $adminId, string $adminName, int $clientId): string
    {
        $now = time();
        $head = self::encode(['alg' => 'HS256', 'typ' => 'JWT', 'kid' => $keyId]);
        $body = self::encode([
            'iss' => 'whmcs',
            'aud' => 'ostor-console',
            'sub' => 'admin:' . $adminId,
            'name' => substr($adminName, 0, 200),
            'client_id' => $clientId,
            'iat' => $now,
            'exp' => $now + self::SECONDS,
            'jti' => bin2hex(random_bytes(16)),
        ]);
        return "$head.$body." . self::base64url(hash_hmac('sha256', "$head.$body", $secret, true));
    }

    private static function encode(array $claims): string
    {
        return self::base64url(json_encode($claims, JSON_THROW_ON_ERROR | JSON_INVALID_UTF8_SUBSTITUTE));
    }

    private static function base64url(string $bytes): string
    {
        return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
    }
}
