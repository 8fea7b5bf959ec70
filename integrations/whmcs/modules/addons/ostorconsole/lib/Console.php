<?php

namespace OstorConsole;

use RuntimeException;

/** Asks the console; each request is signed over what is asked, when, and what is sent. */
final class Console
{
    private $url;
    private $keyId;
    private $secret;

    public function __construct(string $url, string $keyId, string $secret)
    {
        $this->url = rtrim($url, '/');
        $this->keyId = $keyId;
        $this->secret = $secret;
        $problem = self::problemOf($this->url);
        if ($problem !== null) {
            throw new RuntimeException($problem);
        }
    }

    /** What is wrong with an address, or null. Plain HTTP is for tests on one machine. */
    public static function problemOf(string $url): ?string
    {
        if (preg_match('#^https://[A-Za-z0-9.\-]+(:\d{1,5})?/?$#', $url)) {
            return null;
        }
        if (preg_match('#^http://(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?/?$#', $url)) {
            return null;
        }
        return 'The address of the console must be like https://console.example.com, without a path.';
    }

    public function get(string $path, int $seconds = 15): array
    {
        return $this->ask('GET', $path, '', $seconds);
    }

    /** @param array|object $body */
    public function post(string $path, $body, int $seconds = 15): array
    {
        $text = json_encode($body, JSON_THROW_ON_ERROR | JSON_INVALID_UTF8_SUBSTITUTE);
        return $this->ask('POST', $path, $text, $seconds);
    }

    private function ask(string $method, string $path, string $body, int $seconds): array
    {
        $request = curl_init($this->url . $path);
        $headers = $this->signed($method, $path, $body);
        if ($method === 'POST') {
            $headers[] = 'Content-Type: application/json';
        }
        curl_setopt_array($request, [
            CURLOPT_CUSTOMREQUEST => $method,
            CURLOPT_HTTPHEADER => $headers,
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_FOLLOWLOCATION => false,
            CURLOPT_SSL_VERIFYPEER => true,
            CURLOPT_SSL_VERIFYHOST => 2,
            CURLOPT_CONNECTTIMEOUT => 3,
            CURLOPT_TIMEOUT => $seconds,
            CURLOPT_USERAGENT => 'ostorconsole-whmcs/1.0',
        ]);
        if ($method === 'POST') {
            curl_setopt($request, CURLOPT_POSTFIELDS, $body);
        }
        $text = curl_exec($request);
        $status = (int) curl_getinfo($request, CURLINFO_HTTP_CODE);
        $error = curl_error($request);
        if ($text === false) {
            throw new RuntimeException('The console does not answer: ' . $error);
        }
        $answer = json_decode((string) $text, true);
        if ($status === 200 && is_array($answer)) {
            return $answer;
        }
        $said = is_array($answer) && isset($answer['title']) ? (string) $answer['title'] : 'nothing that can be read';
        $detail = is_array($answer) && isset($answer['detail']) ? '. ' . (string) $answer['detail'] : '';
        throw new RuntimeException("The console answered $status: $said$detail");
    }

    private function signed(string $method, string $path, string $body): array
    {
        $time = (string) time();
        $nonce = bin2hex(random_bytes(16));
        $hash = hash('sha256', $body);
        $text = implode("\n", ['ostor-console-addon-1', $method, $path, $time, $nonce, $hash]);
        return [
            'Accept: application/json',
            'X-Ostor-Key: ' . $this->keyId,
            'X-Ostor-Time: ' . $time,
            'X-Ostor-Nonce: ' . $nonce,
            'X-Ostor-Content-Sha256: ' . $hash,
            'X-Ostor-Signature: ' . hash_hmac('sha256', $text, $this->secret),
        ];
    }
}
