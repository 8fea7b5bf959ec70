<?php

namespace OstorConsole;

/** WHMCS, or this addon, does not do it, and did not: what failed for any other reason may have been done. */
final class Refused extends \Exception
{
}
