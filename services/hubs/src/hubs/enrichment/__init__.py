"""What industry and non-profits offer to schools, by term and region: moderated, found, and asked for."""
