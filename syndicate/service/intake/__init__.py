"""How stories come in: asked for, read, known again, with their pictures. `service.receive` stores them."""
