<?php

namespace OstorConsole;

use RuntimeException;

/** Sets the figures of a service, each at most once: where that is not certain, a person has to look. */
final class Usage
{
    /** False when they may have been set, and the service shows others. */
    public static function set(int $clientId, array $service, bool $mayHaveArrived): bool
    {
        $id = (int) $service['id'];
        $figures = ['diskusage' => $service['diskMegabytes'], 'bwusage' => $service['trafficMegabytes']];
        if ($mayHaveArrived) {
            return self::isSet($clientId, $id, $figures);
        }
        $answer = localAPI('UpdateClientProduct', ['serviceid' => $id] + $figures);
        if (($answer['result'] ?? '') !== 'success') {
            throw new Refused((string) ($answer['message'] ?? 'WHMCS did not say why.'));
        }
        return true;
    }

    private static function isSet(int $clientId, int $id, array $figures): bool
    {
        $answer = localAPI('GetClientsProducts', ['clientid' => $clientId, 'serviceid' => $id]);
        if (($answer['result'] ?? '') !== 'success') {
            throw new RuntimeException((string) ($answer['message'] ?? 'WHMCS did not say why.'));
        }
        $services = is_array($answer['products'] ?? '') ? ($answer['products']['product'] ?? []) : [];
        foreach ($services as $service) {
            $same = (float) $service['diskusage'] === (float) $figures['diskusage']
                && (float) $service['bwusage'] === (float) $figures['bwusage'];
            if ((int) $service['id'] === $id && $same) {
                return true;
            }
        }
        return false;
    }
}
