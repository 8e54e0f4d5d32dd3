"""What leaves this house for other servers, and what is fetched from them."""
