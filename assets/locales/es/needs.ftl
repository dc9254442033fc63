# Access: how the screen behaves, what the visitor needs, what is known of each place.
access-title = Acceso y comodidad
access-intro = Elija lo que le ayuda. Toda la pantalla se adapta, y olvida lo elegido cuando usted se va.
access-modes = La pantalla
access-needs = Sobre mí
access-mode-contrast = Contraste fuerte
access-mode-large = Letra grande
access-mode-reach = Botones más abajo
access-mode-easy = Lectura fácil
access-mode-contrast-more = Letras muy nítidas sobre fondo liso.
access-mode-large-more = Los textos y los botones crecen.
access-mode-reach-more = Todo se puede tocar sentado.
access-mode-easy-more = Textos cortos con palabras sencillas, cuando los hay.
access-on = Activado
access-off = Desactivado
access-reset = Dejarlo todo como antes
access-active = { $count ->
    [one] { $count } ajuste activo
   *[other] { $count } ajustes activos
}

need-title = ¿Qué necesita?
need-wheelchair = Uso silla de ruedas
need-walking = Camino con dificultad
need-sight = Veo mal
need-hearing = Oigo mal
need-children = Con niños
need-wheelchair-short = Silla de ruedas
need-walking-short = Caminar
need-sight-short = Vista
need-hearing-short = Oído
need-children-short = Niños
need-change = Cambiar mis necesidades

group-confirmed = Confirmado
group-confirmed-by = Fuente: { $source }
group-confirmed-source = Fuente: { $source }, { $date }
group-unknown-word = No se sabe
group-unknown = No se sabe: llame antes
group-unknown-call = Llame al { $phone }
group-unknown-desk = Pregunte en el { $phone }, { $desk }
group-empty-confirmed = Aquí aún no hay nada confirmado. La lista siguiente se puede comprobar por teléfono.
group-others = Otras respuestas
group-hidden = { $count ->
    [one] { $count } lugar dice que no: mostrar
   *[other] { $count } lugares dicen que no: mostrar
}
group-hidden-answers = { $count ->
    [one] { $count } de estos dice que no: mostrar
   *[other] { $count } de estos dicen que no: mostrar
}
group-hidden-events = { $count ->
    [one] { $count } actividad dice que no: mostrar
   *[other] { $count } actividades dicen que no: mostrar
}
group-hide = Ocultar los que dicen que no
group-no = Los que dicen que no

access-facts = Accesibilidad
access-wheelchair-yes = Accesible en silla de ruedas
access-wheelchair-no = No accesible en silla de ruedas
access-wheelchair-unknown = Acceso en silla de ruedas: aún no se sabe
access-walking-yes = Fácil si le cuesta caminar
access-walking-no = Difícil si le cuesta caminar
access-walking-unknown = Acceso si le cuesta caminar: aún no se sabe
access-sight-yes = Adaptado para quien ve mal
access-sight-no = No adaptado para quien ve mal
access-sight-unknown = Para quien ve mal: aún no se sabe
access-hearing-yes = Adaptado para quien oye mal
access-hearing-no = No adaptado para quien oye mal
access-hearing-unknown = Para quien oye mal: aún no se sabe
access-understanding-yes = Fácil de entender
access-understanding-no = Aún no es fácil de entender
access-understanding-unknown = Si es fácil de entender: aún no se sabe
access-children-yes = Bueno para niños
access-children-no = No adecuado para niños
access-children-unknown = Para niños: aún no se sabe
access-unknown-step = Nadie nos lo ha dicho todavía. Una llamada se lo dirá.
