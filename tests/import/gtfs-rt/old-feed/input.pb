

1.0¾¶í&
no-end*
ÀÏÄR


DÃ©viationfr/
still-on*#
ÀÏÄ –×ÏR

Pont fermÃ©fr