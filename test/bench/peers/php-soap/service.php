<?php

// listPersistentIDStatusByGroup by PHP's SoapServer: the records of CLM_ROWS, `memory` or a MariaDB's URL. PHP keeps
// nothing from one request to the next but its parsed WSDL and its database connection, so rows in memory are made anew.

const MEMORY_ROWS = 1000;

class Clm
{
    public function listPersistentIDStatusByGroup(stdClass $request): array
    {
        ['offset' => $offset, 'max' => $max] = (array) $request->pageinfo;
        [$total, $rows] = getenv('CLM_ROWS') === 'memory'
            ? [MEMORY_ROWS, $this->memoryRows($offset, $max)]
            : $this->databaseRows($request->jobGroup, $offset, $max);
        $items = [];
        foreach ($rows as $row) {
            $items[] = [...$row, 'jobGroup' => $request->jobGroup, 'created' => $this->dateTime($row['created']), 'status' => null];
        }
        return ['listPersistentIDStatusByGroupResult' => [
            'status' => ['errorCode' => 0, 'errorMessage' => null],
            'pagination' => ['offset' => $offset, 'max' => $max],
            'total' => $total,
            'items' => ['item' => $items],
        ]];
    }

    private function databaseRows(string $group, int $offset, int $max): array
    {
        $url = parse_url(getenv('CLM_ROWS'));
        $pdo = new PDO(
            sprintf('mysql:host=%s;port=%d;dbname=%s;charset=utf8mb4', $url['host'], $url['port'] ?? 3306, trim($url['path'], '/')),
            urldecode($url['user']),
            urldecode($url['pass'] ?? ''),
            [PDO::ATTR_PERSISTENT => true],
        );
        $ofGroup = 'FROM records WHERE group_id = (SELECT id FROM job_groups WHERE name = ?)';
        $items = $pdo->prepare(
            "SELECT CONCAT(group_id, '-', group_pos) AS recordId, job_id AS jobId, target AS id, error_code AS errorCode,
               error_message AS errorMessage, username, created $ofGroup ORDER BY group_pos LIMIT $max OFFSET $offset"
        );
        $items->execute([$group]);
        $total = $pdo->prepare("SELECT COUNT(*) $ofGroup");
        $total->execute([$group]);
        return [(int) $total->fetchColumn(), $items->fetchAll(PDO::FETCH_ASSOC)];
    }

    private function memoryRows(int $offset, int $max): array
    {
        $rows = [];
        for ($index = $offset; $index < min($offset + $max, MEMORY_ROWS); $index++) {
            $rows[] = [
                'recordId' => "1-$index",
                'jobId' => 'bench-' . intdiv($index, 1000),
                'id' => "device-$index",
                'errorCode' => $index % 3,
                'errorMessage' => $index % 3 === 0 ? null : 'no answer from 10.0.' . $index % 250 . '.1',
                'username' => 'admin',
                'created' => 1700000000000 + $index * 37,
            ];
        }
        return $rows;
    }

    private function dateTime(int $ms): string
    {
        return gmdate('Y-m-d\TH:i:s', intdiv($ms, 1000)) . sprintf('.%03dZ', $ms % 1000);
    }
}

$server = new SoapServer(getenv('CLM_WSDL'), ['cache_wsdl' => WSDL_CACHE_BOTH, 'features' => SOAP_SINGLE_ELEMENT_ARRAYS]);
$server->setClass(Clm::class);
$server->handle();
