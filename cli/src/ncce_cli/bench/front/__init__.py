"""The gateway beside nginx, HAProxy and Envoy: the same upstream, the same load, in turn, on the same processor."""
