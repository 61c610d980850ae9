<?php
declare(strict_types=1);

/** Puts a wrong text into the next request: SoapClient itself would not let it out. */
final class SpoilingSoapClient extends SoapClient
{
    private ?string $element = null;
    private string $text = '';

    public function spoilNext(string $element, string $text): void
    {
        [$this->element, $this->text] = [$element, $text];
    }

    public function __doRequest(
        string $request,
        string $location,
        string $action,
        int $version,
        bool $oneWay = false,
    ): ?string {
        if ($this->element !== null) {
            // Not by DOMDocument: Debian has it in another package.
            $pattern = "~(<(?:\\w+:)?{$this->element}(?: [^>]*)?>)[^<]*~";
            $request = preg_replace($pattern, '${1}' . $this->text, $request);
            $this->element = null;
        }
        return parent::__doRequest($request, $location, $action, $version, $oneWay);
    }
}
