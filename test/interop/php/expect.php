<?php
// What the cases check with.
declare(strict_types=1);

/** The gateway was right, as the quoted bytes show; the toolkit was not. */
final class ToolkitFault extends Exception
{
}

function same(string $what, mixed $actual, mixed $expected): void
{
    if ($actual !== $expected) {
        $show = fn (mixed $value) => substr(var_export($value, true), 0, 200);
        throw new RuntimeException("$what is {$show($actual)}, not {$show($expected)}");
    }
}

function true(string $what, bool $value): void
{
    if (!$value) {
        throw new RuntimeException("not so: $what");
    }
}

/**
 * The items of an array. In rpc it is one. Else SoapClient gives an object without members for an empty
 * one, and the item itself for one.
 */
function items(stdClass|array $array): array
{
    if (is_array($array)) {
        return $array;
    }
    $item = $array->item ?? [];
    return is_array($item) ? $item : [$item];
}

/** The call is answered by a fault: kind 'Client' or 'Server.userException', text within its message. */
function fault(Clm $clm, string $kind, string $text, callable $call): void
{
    try {
        $answer = $call();
    } catch (SoapFault $fault) {
        // In SOAP 1.2 SoapClient shows no subcode.
        $code12 = $kind === 'Client' ? 'Sender' : 'Receiver';
        same('faultcode', $fault->faultcode, 'soap:' . ($clm->binding === 'soap12' ? $code12 : $kind));
        true("'$text' in '{$fault->faultstring}'", str_contains($fault->faultstring, $text));
        same('detail', $fault->detail ?? null, null);
        return;
    }
    throw new RuntimeException('no fault but ' . json_encode($answer));
}
