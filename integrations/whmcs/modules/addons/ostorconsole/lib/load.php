<?php

foreach (['Refused', 'Ticket', 'Console', 'Kept', 'Claims', 'Notes', 'Activity', 'Invoices', 'Usage', 'Queue', 'Page'] as $name) {
    require_once __DIR__ . '/' . $name . '.php';
}
