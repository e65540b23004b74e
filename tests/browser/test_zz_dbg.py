import time
def test_axe_time(stage):
    alma = stage("Alma", "Bo", "Cy").enter("Alma", "more", reduced_motion="reduce")
    p=alma.page
    def t(name,f):
        a=time.monotonic(); r=f(); print(name, round(time.monotonic()-a,2), r)
    for s in ("dark","light","dark"):
        t("emulate",lambda:p.emulate_media(color_scheme=s))
        for _ in range(6):
            t("state",lambda:p.evaluate("[getComputedStyle(document.body).color, getComputedStyle(document.querySelector('.mc-logo')).color, document.getAnimations().length]"))
