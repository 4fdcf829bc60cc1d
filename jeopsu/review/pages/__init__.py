"""The pages, one file each: board (all proposals), proposal (one, with its findings), upload, health."""
