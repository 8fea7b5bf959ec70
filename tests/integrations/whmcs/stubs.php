<?php

// Stands in for WHMCS, as far as its documentation for developers describes what the addon uses. Its state is a file.

namespace {
    define('WHMCS', true);

    final class State
    {
        public static $data;

        public static function load(): void
        {
            self::$data = json_decode(file_get_contents(getenv('WHMCS_STATE')), true);
        }

        public static function save(): void
        {
            file_put_contents(getenv('WHMCS_STATE'), json_encode(self::$data));
        }
    }

    State::load();
    $hooks = [];

    function add_hook(string $name, int $priority, callable $work): void
    {
        $GLOBALS['hooks'][$name] = $work;
    }

    function logActivity(string $text): void
    {
        State::$data['log'][] = $text;
        State::save();
    }

    function localAPI(string $action, array $values): array
    {
        State::$data['calls'][] = $action;
        $fails = State::$data['fails'][$action] ?? null;
        if ($fails !== null) {
            State::save();
            return ['result' => 'error', 'message' => $fails];
        }
        switch ($action) {
            case 'EncryptPassword':
                return ['result' => 'success', 'password' => strrev($values['password2'])];
            case 'DecryptPassword':
                return ['result' => 'success', 'password' => strrev($values['password2'])];
            case 'AddClientNote':
                $id = 1 + max([0, ...array_column(State::$data['tables']['tblnotes'], 'id')]);
                State::$data['tables']['tblnotes'][] = ['id' => $id, 'userid' => $values['userid'], 'note' => $values['notes']];
                State::save();
                if (State::$data['dies'] ?? false) {
                    exit(9);
                }
                return ['result' => 'success', 'noteid' => (string) $id];
            case 'CreateInvoice':
                $id = 900 + count(State::$data['invoices'] ?? []);
                State::$data['invoices'][] = ['id' => $id, 'notes' => $values['notes'], 'given' => $values];
                State::save();
                if (State::$data['dies'] ?? false) {
                    exit(9);
                }
                return ['result' => 'success', 'invoiceid' => (string) $id];
            case 'GetInvoices':
                $invoices = State::$data['invoices'] ?? [];
                return ['result' => 'success', 'invoices' => $invoices === [] ? '' : ['invoice' => $invoices]];
            case 'UpdateClientProduct':
                State::$data['services'] = [['id' => (string) $values['serviceid'], 'diskusage' => (string) $values['diskusage'], 'bwusage' => (string) $values['bwusage']]];
                State::save();
                if (State::$data['dies'] ?? false) {
                    exit(9);
                }
                return ['result' => 'success', 'serviceid' => $values['serviceid']];
            case 'GetClientsProducts':
                $services = State::$data['services'] ?? [];
                return ['result' => 'success', 'products' => $services === [] ? '' : ['product' => $services]];
            case 'LogActivity':
                State::$data['activity'][] = [$values['clientid'], $values['description']];
                break;
            case 'UpdateClient':
                State::$data['fields'][$values['clientid']] = unserialize(base64_decode($values['customfields']));
                break;
        }
        State::save();
        return ['result' => 'success'];
    }
}

namespace WHMCS\Authentication {
    final class CurrentUser
    {
        public function admin(): ?object
        {
            $admin = \State::$data['admin'];
            return $admin === null ? null : (object) $admin;
        }

        public function isAuthenticatedAdmin(): bool
        {
            return \State::$data['admin'] !== null;
        }
    }
}

namespace WHMCS\Database {
    final class Capsule
    {
        public static function schema(): object
        {
            return new Schema();
        }

        public static function table(string $name): Query
        {
            // What the database says is a RuntimeException in the end, as PDO's are.
            if ((\State::$data['breaks'] ?? '') === $name) {
                throw new \PDOException('Deadlock found when trying to get lock');
            }
            if (!isset(\State::$data['tables'][$name])) {
                throw new \Exception("Table '$name' doesn't exist");
            }
            return new Query($name);
        }
    }

    final class Schema
    {
        public function hasTable(string $name): bool
        {
            return isset(\State::$data['tables'][$name]);
        }

        public function create(string $name, callable $describe): void
        {
            $table = new Blueprint();
            $describe($table);
            \State::$data['tables'][$name] = [];
            \State::$data['keys'][$name] = $table->key;
            \State::save();
        }

        public function dropIfExists(string $name): void
        {
            unset(\State::$data['tables'][$name]);
            \State::save();
        }
    }

    final class Blueprint
    {
        public $key;
        private $last;

        public function __call(string $name, array $arguments): self
        {
            if ($name === 'primary') {
                $this->key = $this->last;
            }
            $this->last = $arguments[0] ?? $this->last;
            return $this;
        }
    }

    final class Query
    {
        private $name;
        private $tests = [];

        public function __construct(string $name)
        {
            $this->name = $name;
        }

        public function where(string $column, $value): self
        {
            $this->tests[] = static function (array $row) use ($column, $value): bool {
                return (string) $row[$column] === (string) $value;
            };
            return $this;
        }

        public function whereRaw(string $text, array $values): self
        {
            if ($text !== 'LOCATE(BINARY ?, note) > 0') {
                throw new \Exception("The stub does not know: $text");
            }
            $this->tests[] = static function (array $row) use ($values): bool {
                return strpos($row['note'], $values[0]) !== false;
            };
            return $this;
        }

        private function matches(array $row): bool
        {
            foreach ($this->tests as $test) {
                if (!$test($row)) {
                    return false;
                }
            }
            return true;
        }

        public function first(): ?object
        {
            foreach (\State::$data['tables'][$this->name] as $row) {
                if ($this->matches($row)) {
                    return (object) $row;
                }
            }
            return null;
        }

        public function insert(array $row): bool
        {
            $key = \State::$data['keys'][$this->name] ?? null;
            if ($key !== null && in_array($row[$key], array_column(\State::$data['tables'][$this->name], $key), true)) {
                throw new \Exception("Duplicate entry '{$row[$key]}' for key 'PRIMARY'");
            }
            \State::$data['tables'][$this->name][] = $row;
            \State::save();
            return true;
        }

        public function update(array $set): int
        {
            $changed = 0;
            foreach (\State::$data['tables'][$this->name] as &$row) {
                if ($this->matches($row)) {
                    $row = array_merge($row, $set);
                    $changed += 1;
                }
            }
            unset($row);
            \State::save();
            return $changed;
        }

        public function updateOrInsert(array $which, array $set): bool
        {
            foreach ($which as $column => $value) {
                $this->where($column, $value);
            }
            return $this->update($set) > 0 || $this->insert(array_merge($which, $set));
        }

        public function delete(): int
        {
            $rows = \State::$data['tables'][$this->name];
            $kept = array_values(array_filter($rows, function (array $row): bool {
                return !$this->matches($row);
            }));
            \State::$data['tables'][$this->name] = $kept;
            \State::save();
            return count($rows) - count($kept);
        }
    }
}

namespace WHMCS\UsageBilling\Contracts\Metrics {
    interface MetricInterface
    {
        const TYPE_PERIOD_MONTH = 'month';
    }

    interface ProviderInterface
    {
        public function metrics();

        public function usage();

        public function tenantUsage($tenant);
    }
}

namespace WHMCS\UsageBilling\Metrics\Units {
    class FloatingPoint
    {
        public $name;

        public function __construct(string $name)
        {
            $this->name = $name;
        }
    }

    class WholeNumber extends FloatingPoint
    {
    }
}

namespace WHMCS\UsageBilling\Metrics {
    final class Usage
    {
        public $value;

        public function __construct($value)
        {
            $this->value = $value;
        }
    }

    final class Metric implements \WHMCS\UsageBilling\Contracts\Metrics\MetricInterface
    {
        public $parts;
        public $usage = null;

        public function __construct(string $systemName, string $name, string $type, object $unit)
        {
            $this->parts = [$systemName, $name, $type, $unit->name];
        }

        public function systemName(): string
        {
            return $this->parts[0];
        }

        public function withUsage(Usage $usage): self
        {
            $copy = clone $this;
            $copy->usage = $usage;
            return $copy;
        }
    }
}
