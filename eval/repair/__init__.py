"""How much scripted damage the repair brings back, on texts it was not built on."""
