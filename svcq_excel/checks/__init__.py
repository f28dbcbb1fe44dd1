"""One small rule each over what came back, and the runner that applies them."""
