"""What readers and subscribers get: who may have which story, in which bytes, what they are told, what they tell us."""
