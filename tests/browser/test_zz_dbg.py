from mycount.services import invites
def test_x(stage, person):
    flat = stage("Alma", "Donaudampfschifffahrtsgesellschaftskapitän Maximilian")
    f = person(flat.server, "Fay", phone=True, viewport={"width": 320, "height": 640})
    f.open(f"/join/{invites.make(flat.group.owner, flat.group.id).token}")
    f.page.screenshot(path="/tmp/s.png", full_page=True)
