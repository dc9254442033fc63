# The content screens: near me, agenda, places, guide, services, search.
near-title = Cerca de mí
near-intro = Lo más cercano a pie, primero lo que está abierto.
near-kind-count = { $kind }: { $count }
near-open-first = Abierto ahora
near-others = Los demás
near-none = No hay nada así a menos de { $distance }. Toque Buscar o Hablar con alguien.
near-nearest = Lo más cercano: { $name }, { $distance }
near-row = { $name }, { $distance }, { $direction }

agenda-title = Agenda
agenda-tonight = Esta noche
agenda-today = Hoy
agenda-tomorrow = Mañana
agenda-weekend = Fin de semana
agenda-all = Todo
agenda-day = Elegir un día
agenda-chip = { $name }, { $count }
agenda-all-kinds = Todos los tipos
agenda-count = { $count ->
    [one] { $count } actividad
   *[other] { $count } actividades
}
agenda-none-tonight = Nada más esta noche.
agenda-none-today = Nada más hoy.
agenda-none-weekend = Nada anunciado este fin de semana.
agenda-none-day = Nada anunciado ese día.
agenda-none = Por ahora no hay nada anunciado. Toque Qué ver, qué hacer: ahí están los lugares de la ciudad.
agenda-next-tomorrow = { $count ->
    [one] Mañana: { $count } actividad
   *[other] Mañana: { $count } actividades
}
agenda-next-day = { $count ->
    [one] { $date }: { $count } actividad
   *[other] { $date }: { $count } actividades
}
agenda-show-next = Ver lo que sigue

event-kind-music = Música
event-kind-stage = Espectáculo
event-kind-exhibition = Exposición
event-kind-cinema = Cine
event-kind-talk = Charla
event-kind-workshop = Taller
event-kind-festival = Festival
event-kind-market = Mercado
event-kind-sport = Deporte
event-kind-nature = Naturaleza
event-kind-family = En familia
event-kind-other = Otros
event-status-scheduled = Confirmado
event-status-rescheduled = Nueva fecha
event-status-moved-online = Pasa a internet
event-status-postponed = Aplazado
event-status-full = Completo
event-status-cancelled = Cancelado
event-status-rescheduled-more = La fecha ha cambiado: mire bien el día más abajo.
event-status-moved-online-more = Se hace por internet. Escanee el código para el enlace.
event-status-postponed-more = Ya no es el { $date }.
event-date-unknown = Nueva fecha aún por conocer
event-status-full-more = No quedan plazas.
event-status-full-ask = Pregunte al organizador si hay lista de espera.
event-status-cancelled-more = No se celebrará. Vea qué más hay ese día.
event-when = Cuándo
event-where = Dónde
event-price = Precio
event-free = Gratis
event-paid = De pago
event-price-unknown = Precio aún no conocido: pregunte al organizador
event-ages = De { $from } a { $to } años
event-ages-from = A partir de { $from } años
event-ages-to = Hasta { $to } años
event-online = Por internet
event-mixed = Presencial y por internet
event-book = Reservar
event-book-phone = Reserve en el { $phone }
event-book-email = Reserve por correo electrónico: { $email }
event-book-scan = Reserve escaneando el código
event-place = Lugar: { $place }
event-other-dates = { $count ->
    [one] { $count } fecha más
   *[other] { $count } fechas más
}
event-all-dates = Todas las fechas
event-about = En pocas palabras
event-organiser = Organizado por { $name }
event-see-place = Ver el lugar
event-same-day = El mismo día

places-title = Qué ver, qué hacer
places-around-title = Cómo moverse
places-access-title = Ciudad accesible
places-count = { $count ->
    [one] { $count } lugar
   *[other] { $count } lugares
}
places-all = Todos
places-open = Abiertos ahora
places-none = Por ahora no hay lugares de este tipo. Toque Todos para ver la lista entera.
places-none-open = A esta hora todo está cerrado. El primero en abrir: { $place }, { $time }.

place-group-sights = Qué ver
place-group-culture = Cultura
place-group-nature = Naturaleza
place-group-eat = Comer y beber
place-group-shops = Tiendas
place-group-sport = Deporte
place-group-town = Ciudad y salud
place-hours = Horario
place-hours-week = Esta semana
place-hours-today = Hoy: { $hours }
place-hours-ask = Horario no conocido. Llame al { $phone } antes de ir.
place-hours-holiday = En días festivos el horario puede cambiar.
place-contact = Contacto
place-phone = Teléfono: { $phone }
place-email = Correo electrónico: { $email }
place-website = Sitio web
place-address = Dirección
place-events = Aquí próximamente
place-events-count = { $count ->
    [one] { $count } actividad aquí
   *[other] { $count } actividades aquí
}
place-fee-yes = Entrada de pago
place-fee-no = Entrada libre
place-fee-unknown = Precio aún no conocido
place-changing-yes = Cambiador de bebés
place-changing-no = Sin cambiador de bebés
place-changing-unknown = Cambiador de bebés: aún no se sabe
place-near = Justo al lado
place-unnamed = { $kind } cerca de { $near }

guide-title = Guía
guide-all = Todos los temas
guide-count = { $count ->
    [one] { $count } página
   *[other] { $count } páginas
}
section-accessibility = Guía de accesibilidad
section-getting-around = Cómo moverse
section-discover = Descubrir
section-nature = Naturaleza
section-rain = Cuando llueve
section-history = Historia
section-practical = Información útil
section-notice = Avisos de la ciudad
article-easy = Lectura fácil
article-full = Texto completo
article-no-easy = Esta página aún no existe en lectura fácil.
article-related = De qué trata esta página
article-reading = { $minutes } min de lectura

services-title = Servicios municipales
services-intro = Qué hacer, qué llevar, cuánto tarda.
services-none = Por ahora no hay trámites explicados aquí. Una persona puede responderle.
service-steps = Qué hacer
service-step = Paso { $number }
service-bring = Qué llevar
service-bring-nothing = No hay que llevar nada
service-cost = Coste
service-cost-free = Gratis
service-delay = Cuánto tarda
service-online = Hacer el trámite por internet
service-payment = Pagar por internet
service-desk = En ventanilla
service-help = ¿Necesita ayuda?

search-title = Buscar
search-prompt = ¿Qué busca?
search-hint = Un lugar, una salida, un trámite
search-count = { $count ->
    [one] { $count } respuesta
   *[other] { $count } respuestas
}
search-none = No hemos encontrado «{ $text }». Pruebe con otra palabra o toque Hablar con alguien.
search-none-short = Siga escribiendo, una o dos letras más.
search-instead = Quizás: { $text }
search-try = Lo más pedido
search-group-events = Actividades
search-group-places = Lugares
search-group-articles = Guía
search-group-services = Servicios
search-private = No se guarda nada de lo que escribe.
search-clear = Borrar todo

key-space = Espacio
key-delete = Borrar
key-hide = Ocultar el teclado
key-shift = Mayúscula
key-letters = Letras
key-digits = Números
key-done = Buscar
key-clear = Borrar todo
key-accents = Acentos
key-keyboard = Teclado
key-arabic = عربي
key-latin = ABC

pairing-title = Esta pantalla espera su código
pairing-do = Para el ayuntamiento: en Parvis abra «Écrans» / «Screens», luego «Ajouter un écran» / «Add a screen», y escriba este código. Cambia cada diez minutos.
placed-title = Esta pantalla está añadida
placed-more = Ahora busca lo que publica el municipio.
identify-title = Esta pantalla se llama
