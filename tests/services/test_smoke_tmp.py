from tests.world import *
from mycount.services import history
def test_smoke(world):
    s=world.group("Ann","Bo","Cy")
    e=expenses.add(s.owner,s.id,s.draft(1000,"Ann"))
    print(s.balance("Ann"), s.balance("Bo"), s.balance("Cy"))
    v=expenses.see(s.owner,s.id,e)
    expenses.edit(s.owner,s.id,e,v.version,s.draft(2000,"Bo",["Ann","Bo"]))
    expenses.delete(s.owner,s.id,e); assert s.balance("Ann")==0
    expenses.restore(s.owner,s.id,e)
    bo=world.join(s,"Bo")
    expenses.add(bo,s.id,s.payment(500,"Ann","Bo"))
    print(history.home(bo)); print(groups.see(bo,s.id)); print(invites.listed(s.owner,s.id))
    print(expenses.listed(bo,s.id))
    print(history.of_group(bo,s.id))
    assert_sound()
