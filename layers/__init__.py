"""What the city is: typed layers, the routable network, readers and writers. No Qt, no solver."""
