<?php

namespace OstorConsole;

use RuntimeException;
use WHMCS\UsageBilling\Contracts\Metrics\MetricInterface;
use WHMCS\UsageBilling\Contracts\Metrics\ProviderInterface;
use WHMCS\UsageBilling\Metrics\Metric;
use WHMCS\UsageBilling\Metrics\Units\FloatingPoint;
use WHMCS\UsageBilling\Metrics\Units\WholeNumber;
use WHMCS\UsageBilling\Metrics\Usage;

/** This month's usage of every S3 user that belongs to a client, by the username of the service: the id of the S3 user. */
final class MetricsProvider implements ProviderInterface
{
    const CACHED_SECONDS = 600;

    private $params;

    public function __construct(array $params)
    {
        $this->params = $params;
    }

    public function metrics()
    {
        $month = MetricInterface::TYPE_PERIOD_MONTH;
        return [
            new Metric('s3_storage_gb_month', 'S3 storage (GB-month)', $month, new FloatingPoint('GB-month')),
            new Metric('s3_egress_gb', 'S3 downloads (GB)', $month, new FloatingPoint('GB')),
            new Metric('s3_requests', 'S3 requests', $month, new WholeNumber('Requests')),
        ];
    }

    public function usage()
    {
        $usage = [];
        foreach ($this->answer()['items'] as $item) {
            $usage[$item['userId']] = $this->metricsOf($item);
        }
        return $usage;
    }

    public function tenantUsage($tenant)
    {
        foreach ($this->answer()['items'] as $item) {
            if ($item['userId'] === (string) $tenant) {
                return $this->metricsOf($item);
            }
        }
        return $this->metrics();
    }

    /** What is not known has no figure, which is something else than 0. */
    private function metricsOf(array $item): array
    {
        $values = [
            's3_storage_gb_month' => $item['storageGbMonth'] === null ? null : (float) $item['storageGbMonth'],
            's3_egress_gb' => $item['egressGb'] === null ? null : (float) $item['egressGb'],
            's3_requests' => $item['requests'] === null ? null : (int) $item['requests'],
        ];
        return array_map(static function ($metric) use ($values) {
            $value = $values[$metric->systemName()];
            return $value === null ? $metric : $metric->withUsage(new Usage($value));
        }, $this->metrics());
    }

    /** WHMCS asks often, and for each service by itself; the console is asked once in ten minutes. */
    private function answer(): array
    {
        $console = Server::console($this->params);
        $name = 'usage-' . substr(hash('sha256', Server::address($this->params)), 0, 32);
        $kept = Kept::read($name);
        // Not beyond the month that it is of.
        if ($kept !== null && ($kept['month'] ?? '') === gmdate('Y-m')) {
            return $kept;
        }
        $answer = $console->get('/api/v1/whmcs/addon/usage', 30);
        if (!isset($answer['items'])) {
            throw new RuntimeException('The console answered without figures.');
        }
        Kept::write($name, $answer, self::CACHED_SECONDS);
        return $answer;
    }
}
