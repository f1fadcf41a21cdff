package web

// registerCalendar lists the addresses of what is coming: occasions, duties,
// feasts, and the tokens that open a calendar to a telephone.
func (s *Server) registerCalendar() {
	s.inside("GET /calendar", s.calendarNext)
	s.inside("GET /calendar/paper", s.calendarPaper)
	s.inside("GET /calendar/month", s.calendarMonth)
	s.inside("GET /calendar/list", s.calendarList)
	s.inside("GET /calendar/list.xlsx", s.calendarSheet)
	s.inside("GET /calendar/who", s.calendarWho)
	s.inside("GET /calendar/on/{key}", s.occasion)
	s.inside("POST /calendar/on/{key}/customs", s.adoptCustom)
	s.inside("POST /calendar/customs/{id}/end", s.abandonCustom)
	s.inside("POST /calendar/on/{key}/duties", s.beginDuty)
	s.inside("GET /calendar/duties/{id}", s.duty)
	s.inside("POST /calendar/duties/{id}", s.writeDuty)
	s.inside("POST /calendar/duties/{id}/step", s.takeStep)
	s.inside("POST /calendar/duties/{id}/back", s.takeStepBack)
	s.inside("POST /calendar/duties/{id}/drop", s.dropDuty)
	s.inside("POST /calendar/duties/{id}/resume", s.resumeDuty)
	s.inside("POST /calendar/duties/{id}/register", s.registerDuty)
	s.inside("GET /calendar/duties/{id}/paper", s.dutyPaper)
	s.inside("GET /calendar/feasts", s.feasts)
	s.inside("GET /calendar/feasts/new", s.newFeast)
	s.inside("POST /calendar/feasts", s.addFeast)
	s.inside("GET /calendar/feasts/{code}", s.feast)
	s.inside("POST /calendar/feasts/{code}", s.saveFeast)
	s.inside("POST /calendar/feasts/{code}/decree", s.orderFeast)
	s.inside("POST /calendar/feasts/{code}/lift", s.liftDecree)
	s.inside("GET /calendar/settings", s.calendarSettings)
	s.inside("POST /calendar/settings", s.saveCalendarSettings)
}
