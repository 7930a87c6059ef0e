"""What a plan comes to: `money`, `goal` (the one number by which it is judged), `measured`, `figures`."""
