"""Dashboards as pages: figures of hubs, drawn for whoever is signed in. They work without scripts and print."""
