"""Which schemes a teacher works towards, each under the version that was in force when it began."""
