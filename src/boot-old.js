// For browsers without modules (`<script nomodule>`): they are below the floor.
document.getElementById('boot-old').hidden = false;
