<?php
declare(strict_types=1);

require __DIR__ . '/spoiling-soap-client.php';

/** A SoapClient of the gateway, made from its WSDL, and the calls that several cases need. */
final class Clm
{
    private const VERSIONS = ['soap11' => SOAP_1_1, 'soap12' => SOAP_1_2, 'rpc' => SOAP_1_1];
    private const PATIENCE_SECONDS = 15;

    public readonly SpoilingSoapClient $soap;
    public stdClass $token;

    public function __construct(
        string $wsdl,
        public readonly string $binding,
        public readonly string $user,
        public readonly string $password,
    ) {
        $this->soap = new SpoilingSoapClient($wsdl, [
            'soap_version' => self::VERSIONS[$binding],
            'cache_wsdl' => WSDL_CACHE_NONE,
            'trace' => true,
        ]);
        $this->token = $this->login($password);
    }

    public function login(string $password): stdClass
    {
        return $this->invoke('login', [
            'user' => $this->user,
            'password' => $password,
            'server_host' => 'clm.example',
            'port' => 8080,
            'idle_timeout' => 30,
            'eula' => ['accepted' => true],
        ]);
    }

    /** Calls with this session's token; the arguments in the WSDL's order. Null where the answer has no result. */
    public function call(string $operation, array $arguments = []): mixed
    {
        return $this->invoke($operation, ['token' => $this->token, ...$arguments]);
    }

    /** An array as an argument. */
    public function arrayOf(array $items): array
    {
        return $this->binding === 'rpc' ? $items : ['item' => $items];
    }

    /** In rpc each parameter is an argument, and the result is the answer; else one structure holds all. */
    private function invoke(string $operation, array $arguments): mixed
    {
        if ($this->binding === 'rpc') {
            return $this->soap->__soapCall($operation, array_values($arguments));
        }
        return $this->soap->$operation($arguments)->{"{$operation}Result"} ?? null;
    }

    /** A job group that no other program uses. */
    public function group(string $name): string
    {
        return "{$this->user}-$name";
    }

    public function start(string $program, array $targets = [], array $arguments = [], ?string $group = null): string
    {
        return $this->call('asyncExecuteProgram', [
            'jobGroup' => $group,
            'programName' => $program,
            'targetIds' => $this->arrayOf($targets),
            'arguments' => $this->arrayOf($arguments),
        ]);
    }

    public function job(string $id): ?stdClass
    {
        return $this->call('getAsyncOperationJobRecords', ['job_id' => $id]);
    }

    public function kill(string $id): stdClass
    {
        return $this->call('killAsyncOperation', ['job_id' => $id]);
    }

    public function add(string $group, string $target, ?string $message, ?string $created = null): stdClass
    {
        return $this->call('addPersistentIDStatus', ['pidStatus' => [
            'recordId' => null,
            'jobId' => $group,
            'jobGroup' => $group,
            'id' => $target,
            'errorCode' => 7,
            'errorMessage' => $message,
            'username' => null,
            'created' => $created,
            'status' => null,
        ]]);
    }

    public function page(string $group, int $offset, int $max): stdClass
    {
        return $this->call('listPersistentIDStatusByGroup', [
            'jobGroup' => $group,
            'pageinfo' => ['offset' => $offset, 'max' => $max],
        ]);
    }

    public function untilStatus(string $id, string $name): stdClass
    {
        return self::until("job $id is $name", fn () => $this->job($id), fn ($job) => $job->statusName === $name);
    }

    public static function until(string $what, callable $ask, callable $enough): mixed
    {
        $deadline = microtime(true) + self::PATIENCE_SECONDS;
        do {
            $answer = $ask();
            if ($enough($answer)) {
                return $answer;
            }
            usleep(20_000);
        } while (microtime(true) < $deadline);
        throw new RuntimeException("$what: not within 15 s; last: " . json_encode($answer));
    }
}
