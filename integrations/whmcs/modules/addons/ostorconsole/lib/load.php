<?php

foreach (['Refused', 'Ticket', 'Console', 'Kept', 'Claims', 'Notes', 'Activity', 'Invoices', 'Queue', 'Page'] as $name) {
    require_once __DIR__ . '/' . $name . '.php';
}
