# What comes back on every screen, home, and the screens about the kiosk itself.
attract-touch = Toque para empezar
attract-touch-more = Toque la pantalla donde quiera
attract-sample = Ejemplo
greeting = Buenos días
greeting-evening = Buenas noches
welcome = Le damos la bienvenida a { $town }

nav-home = Inicio
nav-back = Volver
nav-search = Buscar
nav-language = Idioma
nav-access = Acceso
nav-more = Ver más
nav-less = Ver menos
nav-all = Ver todo
nav-close = Cerrar
nav-show = Mostrar
nav-up = Subir
nav-down = Bajar
nav-scroll = Deslice para seguir leyendo
nav-filters = Elegir
nav-clear-filters = Quitar lo elegido
nav-position = { $index } de { $count }
page-next = Página siguiente
page-previous = Página anterior
page-position = Página { $index } de { $count }

home-title = Inicio
home-tonight = Esta noche
home-today = Hoy
home-next = Próximamente
home-quiet = Un día tranquilo. Esto es lo que viene después.
tile-today = Hoy y esta noche
tile-near = Cerca de mí
tile-see = Qué ver, qué hacer
tile-around = Cómo moverse
tile-services = Servicios municipales
tile-access = Ciudad accesible

fact-tonight = { $count ->
    [0] Nada más esta noche
    [one] { $count } esta noche
   *[other] { $count } esta noche
}
fact-today = { $count ->
    [0] Nada más hoy
    [one] { $count } hoy
   *[other] { $count } hoy
}
fact-tomorrow = { $count ->
    [0] Mañana, un día tranquilo
    [one] { $count } mañana
   *[other] { $count } mañana
}
fact-weekend = { $count ->
    [0] Un fin de semana tranquilo
    [one] { $count } este fin de semana
   *[other] { $count } este fin de semana
}
fact-next = Próximamente: { $title }
fact-nearest = { $kind } a { $distance }
fact-closes = { $place } cierra en { $minutes } min
fact-closes-soon = { $place } cierra enseguida
fact-opens = { $place } abre: { $time } h
fact-open = { $place }: abierto hasta { $time } h
fact-open-count = { $count ->
    [0] Ver los horarios
    [one] { $count } lugar abierto ahora
   *[other] { $count } lugares abiertos ahora
}
fact-places = { $count ->
    [one] { $count } lugar
   *[other] { $count } lugares
}
fact-stop = Parada { $stop } a { $distance }
fact-services = { $count ->
    [one] { $count } trámite
   *[other] { $count } trámites
}
fact-desk-open = Ventanilla abierta hasta { $time } h
fact-desk-opens = La ventanilla abre: { $time } h
fact-desk-call = Le respondemos en el { $phone }
fact-accessible = { $count ->
    [0] La guía paso a paso
    [one] { $count } lugar accesible
   *[other] { $count } lugares accesibles
}
fact-articles = { $count ->
    [one] { $count } página para leer
   *[other] { $count } páginas para leer
}
fact-notices = { $count ->
    [one] { $count } aviso de la ciudad
   *[other] { $count } avisos de la ciudad
}

session-title = ¿Sigue usted ahí?
session-more = Si no responde, la pantalla vuelve al principio y olvida todo lo que ha elegido.
session-countdown = { $seconds ->
    [one] Queda { $seconds } segundo
   *[other] Quedan { $seconds } segundos
}
session-stay = Sigo aquí
session-leave = He terminado
session-ended = Gracias y hasta pronto. Todo se ha borrado.

languages-title = Elija su idioma
languages-current = { $language }, idioma actual
languages-more = Los textos de la ciudad que no existen en su idioma se muestran en otro, y así se indica.

speak-title = Hablar con alguien
speak-intro = Le responde una persona.
speak-phone = Teléfono
speak-call = Llame al { $phone }
speak-desk = Ventanilla
speak-hours = Horario
speak-languages = Se habla { $languages }
speak-address = Dirección
speak-emergency = Emergencias
speak-emergency-number = { $name }: { $number }
speak-none = Pregunte en el ayuntamiento o en la oficina de turismo: le ayudarán.

directions-ahead = delante de usted
directions-ahead-right = delante de usted, a la derecha
directions-right = a su derecha
directions-behind-right = detrás de usted, a la derecha
directions-behind = detrás de usted
directions-behind-left = detrás de usted, a la izquierda
directions-left = a su izquierda
directions-ahead-left = delante de usted, a la izquierda
directions-here = aquí mismo
map-title = Plano
map-you = Usted está aquí
map-goal = { $name }
map-up = La parte de arriba del plano está delante de usted
map-sentence = { $name } está { $direction }, a { $distance }, unos { $minutes } min a pie.
map-sentence-here = { $name } está aquí mismo, a { $distance }.
map-sentence-far = { $name } está { $direction }, a { $distance }.
map-streets = { $name } está { $direction }, a { $distance }, unos { $minutes } min a pie. Calle: { $street }.
map-none = No tenemos el plano de este lugar. La dirección está escrita al lado.
map-credit = Plano: { $credit }

mark-preview = Vista previa
mark-preview-more = Este contenido aún no está publicado.
mark-sample = Ejemplo
mark-sample-more = Escrito para la demostración, no por la ciudad.
mark-in-language = Texto en { $language }
mark-machine = Traducido por una máquina
mark-machine-more = Traducido por una máquina: puede haber fallos.
mark-easy = Lectura fácil
mark-source = Fuente: { $source }
mark-credit = { $credit }
mark-updated = Actualizado: { $date }
mark-picture-credit = Foto: { $credit }
mark-drawn-map = Plano de los alrededores

qr-scan = Escanee con su teléfono
qr-scan-page = Escanee para leer esta página en su teléfono
qr-scan-book = Escanee para reservar
qr-scan-online = Escanee para hacer el trámite por internet
qr-scan-pay = Escanee para pagar
qr-spoken = Código para escanear, lleva a { $address }

item-gone = La ciudad acaba de retirar esta página. Vuelva al inicio para ver el resto.
date-not-known = Esta pantalla no conoce ahora la fecha. Lo que no tiene fecha está aquí.
alert-minor = Aviso
alert-moderate = Atención
alert-severe = Alerta
alert-extreme = Peligro
alert-until = Hasta las { $time }
item-over = Ya ha terminado. Esto es lo que viene después.
content-changed = La información se acaba de actualizar.
content-none = La ciudad aún no ha publicado nada aquí. Toque Hablar con alguien para preguntar.
notice-title = Avisos de la ciudad
notice-until = Hasta el { $date }
alert-title = Atención
alert-read = Lo he leído

about-title = Acerca de esta pantalla
about-what = Esta pantalla dice qué pasa en la ciudad, adónde ir y cómo. Funciona sin internet.
about-privacy = Su privacidad
about-privacy-text = No se guarda nada de lo que escribe. Sin cámara, sin micrófono. Cuando se va, todo se borra. Solo quedan totales, por ejemplo cuántas veces se abre una página.
about-sources = De dónde viene la información
about-source-line = { $name }: { $licence }
about-credits = Créditos
about-fonts = Tipos de letra: { $fonts }
about-software = Programa Parvis, versión { $version }
about-preview = Esta pantalla muestra una vista previa: su contenido no está publicado por la ciudad.
about-sample = Una parte del contenido es un ejemplo, y así se indica.
about-updated = Última actualización: { $date }
about-wrong = ¿Hay algo que no es correcto? Díganoslo en el { $phone }.

state-selected = elegido
state-open = abierto
state-closed = cerrado
