"""How to use the resources on the city: scenarios, planners, engines and plans. No Qt."""
