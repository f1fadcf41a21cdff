package web

// registerUnion lists the addresses of people's diplomacy: activities, the plan
// of a year.
func (s *Server) registerUnion() {
	s.inside("GET /union", s.unionDesk)
	s.inside("GET /union/activities", s.activities)
	s.inside("GET /union/activities.xlsx", s.activitiesSheet)
	s.inside("GET /union/activities/new", s.newActivity)
	s.inside("POST /union/activities/new", s.enterActivity)
	s.inside("POST /union/activities/stated", s.stateActivities)
	s.inside("GET /union/activities/{id}", s.activity)
	s.inside("POST /union/activities/{id}", s.describeActivity)
	s.inside("GET /union/plan", s.yearPlan)
	s.inside("POST /union/plan", s.enterPlanItem)
	s.inside("POST /union/plan/head", s.headPlan)
	s.inside("POST /union/plan/carry", s.carryPlan)
	s.inside("GET /union/plan.xlsx", s.planSheet)
	s.inside("GET /union/plan/paper", s.planPaper)
	s.inside("GET /union/plan/{id}", s.planItem)
	s.inside("POST /union/plan/{id}", s.revisePlanItem)
	s.inside("POST /union/plan/{id}/deeds", s.fulfilPlanItem)
	s.inside("POST /union/plan/{id}/unlink", s.unlinkPlanItem)
}
