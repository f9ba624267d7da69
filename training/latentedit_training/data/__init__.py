"""Images to learn from: folders, archives, MNIST's and Olivetti's files, and sets that are drawn here."""
