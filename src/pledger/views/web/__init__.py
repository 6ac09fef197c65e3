"""The web application: pages rendered on the server, the same answers as JSON, CSV and XLSX at the same addresses."""
