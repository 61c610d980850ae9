<?php
// Runs the interop cases with PHP's SoapClient: program.php WSDL BINDING USER PASSWORD. Prints a JSON line a case.
declare(strict_types=1);

error_reporting(E_ALL);
set_error_handler(static function (int $level, string $message, string $file, int $line): never {
    throw new ErrorException($message, 0, $level, $file, $line);
});

require __DIR__ . '/clm.php';
require __DIR__ . '/expect.php';

// The sessions come last: among them are those that end the others' session.
$cases = array_merge(
    require __DIR__ . '/job-cases.php',
    require __DIR__ . '/page-cases.php',
    require __DIR__ . '/text-cases.php',
    require __DIR__ . '/error-cases.php',
    require __DIR__ . '/session-cases.php',
);

[, $wsdl, $binding, $user, $password] = $argv;
$clm = new Clm($wsdl, $binding, $user, $password);
foreach ($cases as $name => $case) {
    try {
        $case($clm);
        [$outcome, $detail] = ['pass', ''];
    } catch (ToolkitFault $fault) {
        [$outcome, $detail] = ['toolkit', $fault->getMessage()];
    } catch (Throwable $error) {
        [$outcome, $detail] = ['fail', get_class($error) . ': ' . $error->getMessage()];
    }
    // A detail may have been cut within a character.
    $flags = JSON_THROW_ON_ERROR | JSON_INVALID_UTF8_SUBSTITUTE;
    echo json_encode(['case' => $name, 'outcome' => $outcome, 'detail' => $detail], $flags), "\n";
}
