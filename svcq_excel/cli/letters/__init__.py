"""What `svcq mail` does with letters: listed, laid as drafts, sent."""
