"""What texts name: places and people, in every language, and how languages call them."""
