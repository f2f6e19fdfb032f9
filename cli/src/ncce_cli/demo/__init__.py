"""`ncce demo`: one teacher's journey through all services, played against the running platform."""
