/**
 * What people try first, in the languages of our nodes: lower case, without accents, without the digits and signs people add at the ends.
 * Collected by hand from what published rankings of leaked passwords have in common; no list of anybody's real passwords is kept here.
 */
export const common_words: ReadonlySet<string> = new Set(
  `
  aaaa aaaaaa abc abcabc abcd abcdabcd abcde abcdef abcdefg abcdefgh abogado abrazo abril acceso access acdc acequia acequias
  admin administrador administrateur administrator adrien africa agosto agua aguila aigle alberto alejandra alejandro alemania
  alexander alexandra alexandre alexis alien alive allah allemagne always amanda amarillo amazon amelie amen america amie amiga
  amigo amigos amis amistad amor amorcito amour ana anamaria andrea andrew ange angel angelina angelito angels angleterre
  anthony antoine antonio anything aout apple april aqwzsx arana arbol arbre arcenciel arcoiris argent argentina ariel arsenal
  arthur asdasd asdf asdfasdf asdfg asdfgh asdfghj asdfghjk asdfghjkl ashley assassin asshole asterix athletic atletico aucun
  audi august aurelie australia automne autumn avengers avocat avril azerty azertyazerty azertyu azertyui azertyuiop azucar azul
  baby babyboy babygirl baile bailey bambi banana banane bandit barca barcelona bart baseball basic basketball bateria batman
  beach bear beatles beau beautiful bebe bebito beer believe belle bendicion benjamin beso besos betis beyonce bible biblia
  bienvenida bienvenido bienvenue biere bilbao bird bisou bisous black blackpink blanc blanco blessed blessing bleu blue bmw
  bobesponja bobmarley bonbon bonbons bonita bonito bonjour bonjourbonjour bordeaux bosque boss boston boxing boy boys brandon
  brasil brazil bread bretagne brian broncos brother bruja bts buddha buddy bulls bullshit bunny bureau burger business buster
  butter buttercup butterfly caballero caballo cafe california calin camaro camila camille campagne campaign campana campeon
  canada canard candy captain caramelo carlos carmen carolina caroline casa cash casino cat catalunya catherine cats celine
  cereza cerise cero cerveza champion champions chance change changeme charles charlie charlotte chat chaton cheese chef chelsea
  cheri cherie cherry cheval chevalier chevy chica chicago chicken chico chien chile china chloe chocolat chocolate chouchou
  christ church ciel cielo cinco cinderella cinq cisco citroen citron clara clave clavesecreta clavier clio coco coeur coffee
  cohete college colombia commons communs company computer comun comunes conejo connexion contrasena contrasenya contribucion
  contribution cookie cookies corazon corvette coucou cowboys cristal cristina cristo crowdfunding crystal cuatro cupcake cute
  daddy daisy dallas dance daniel daniela danse darling darthvader database dauphin david deadpool death december decembre
  default delfin demo demon desconocido deux devil diablo diamant diamante diamond diciembre diego dieu diez digimon dimanche
  dinero dios disco disney doctor dog doggy dogs dollar dolphin domingo don donacion donald donation donkey dos doudou dragon
  dragonball dragons dream dreamer dreams drums ducati duck dumbo eagle eagles easy eau ecole ecuador eduardo eight elena
  elizabeth elodie elsa emilie eminem emma empresa enero enfermera engineer england entreprise enzo escuela espace espacio
  espana esperanza espoir estrella estudiante etoile etudiant euro europa europe euros euskadi euskalherria everything facebook
  facil facile faith falcon familia famille family fantasma fantome father fcbarcelona fe febrero february feliz fernandez
  fernando ferrari feu fevrier fille fire fish five fleur flor flores florian florida flower flowers foot football ford forest
  foret forever fort fortnite fortuna fortune four fox fraise france francia francisco francois francoise freedom frere fresa
  friday friend friends friendship fromage frozen fuckme fuckyou fuego fusee futbol gabriel gabriela galaxia galaxy ganador
  garcia garcon garfield gatito gato george germany ghost ginger girl girls gladiator gmail god goku gold golden golf golfer
  gonzalez goofy google goteo granada green guapa guapo guerrero guerrier guest guillaume guitar guitare guitarra hacker hacking
  haine hannah happy hard harley harleydavidson hate hawk heaven hello hellohello helloworld hermana hermano hermosa hermoso
  heroes heureux hiphop hiver hockey hockeyhockey hogar hola holahola holamundo home homer honda honey hope horse horses hotmail
  house hug hugo hulk hunter hurricane iglesia iloveu iloveyou inconnu infirmiere ingeniero ingenieur inglaterra instagram inter
  internet invierno invite iphone ironmaiden ironman isabel isabella isabelle italia italy jackpot jamais james january janvier
  japan japon jasmine jason jaune javier jean jeanpierre jedi jefe jehova jennifer jessica jesus jesuschrist jetaime
  jetaimemoncoeur jeudi john joker jordan jorge jose josemaria joshua jtaime juan judo jueves juillet juin jules julia julie
  julien juliette julio july june junio justin justinbieber juventus karate kawasaki kevin keyboard killer king kingkong kiss
  kitten kitty knight lakers lamborghini lapin laptop laura lawyer lea legend legende lemon leo leon leopard letmein leyenda
  libertad liberte life lightning lily limon linda lindo linux lion live liverpool living lobo login loire loki london londres
  lopez louis loulou loup love lovelove lovely loveme lover lovers loveyou lucas lucia lucky luis luna lundi lune lunes lyon
  madison madrid maestro maggie magia magic magie maison maitre malaga mama maman mami mamita manager manchester manon manuel
  manutd manzana mar march mardi margarita marguerite maria mariana marie marine mario mariposa mars marseille marta martes
  martin martina martinez marvel marzo master mateo mathis matrix matthew max maxime mayo mdp mdpmdp medecin melanie melon mer
  mercedes mercredi merde metal metallica mexico miamor michael michel michelle mickey microsoft miel miercoles mierda mignon
  mignonne miguel milan million milo milou minecraft minnie misterio mobile mohamed molly mommy monamour moncoeur monday money
  monkey monkeys mono monster monstruo montagne montana moon morgan mort motdepasse mother mountain mouse muerte muffin muhammad
  mum music musica musique mustang mylove mystery nada nala nantais nantes naranja naruto nathalie nathan negro neige netflix
  network never newyork nicolas nicole nieve nine ninja nintendo nirvana nissan noir nokia nombre noneed nopassword normal
  nothing november novembre noviembre nueve number numero nunca nurse obelix ocean ocho october octobre octubre odio office
  oficina olympique one onedirection onetwothree oracle orange orchid ordenador ordinateur oreo oro oscar oso otono pablo
  packers paco pain paix pan pancake panda pantera panther papa papi papillon paris parissg pass passe passpass passw passwd
  password passwort pasta patata pato patricia patrick paula pauline paz peace peach peanut pepe pepper perez perrito perro peru
  peterpan peugeot phantom philippe phoenix piano pierre pikachu pilar pink pinocchio pirata pirate pizza plage planet planeta
  plata platano playa playstation pluto poisson pokemon poker pollo pomme pooh porsche portugal poulet pretty primavera prince
  princesa princess princesse principe printemps privado private prive procomun profesor professeur project projet proyecto psg
  purple putain qazwsx qazwsxedc qsdf qsdfgh qsdfghjk quatre quebec queen quentin queso qweasd qweasdzxc qweqwe qwerqwer qwerty
  qwertyqwerty qwertyu qwertyui qwertyuiop qwertz rabbit rafael raiders rainbow ranger rap raton realmadrid red redsox reggae
  reina renard renault rennes requin reve reves ricardo rich richard rien rihanna rio river riviere robert roberto robin roblox
  rock rocket rocknroll rocky rodriguez rojo romain root rosa rosas rose rouge rugby sabado safe saintetienne salut samantha
  samedi samsung samurai sanchez sandrine santiago sara sasuke saturday school scooby scoobydoo seat sebastian secret secreta
  secreto secrets secure securite security seguridad seguro seis september septembre septiembre sergio serpiente server seven
  sevilla sexy shadow shakira shark siempre siete silver simba simple simpson simpsons sinclave sincontrasena sister six skate
  skateboard skater sky slipknot smile snake sniper snoopy snow snowwhite soccer soeur sofia sol soldado soldat soldier soleil
  something sonic sonrisa sony sophie sorcerer sorciere sourire souris space spain spanish spartan spider spiderman spongebob
  spring standard star stars starwars steelers stephanie steven storm strawberry strong student sucre sueno suerte sugar summer
  sun sunday sunshine super superhero superman supermario supers superstar superuser surf surfer suzuki sweet sweetheart sweetie
  sweety swimming sylvie taylor teacher teamo teamomucho teclado teddybear telefono telephone temp temporary ten tennis tequiero
  tequieromucho tequila test tester testing testtest texas thebeatles theo thibault thomas thor thousand three thunder thursday
  tiburon tiger tigger tigre tiktok tinkerbell tintin toby todo together tomate tomato toor topsecret tornado tortue tortuga
  toujours toulouse tout toyota trabajo travail tree tres trois truelove trustme trustno tucker tuesday tulip tupac turtle
  twitter two ubuntu undeuxtrois universe universidad universite university universo unknown uno unodostres usa user username
  usuario utilisateur vader valencia valentina valerie vampire vampiro vendee vendredi venezuela verano verde veronique vert
  vida vie viernes viking vin vino violet violeta violette virginie vodka warrior water wednesday welcome whatever whatsapp
  whisky white william windows wine winner winnie winter witch wizard wolf wonderwoman work wxcvbn xbox xxxx xxxxxx yahoo yamaha
  yankees yellow yoda youtube zaqwsx zaragoza zelda zero zorro zxcv zxcvb zxcvbn zxcvbnm zxczxc zzzz
  `
    .split(/\s+/)
    .filter(Boolean),
);

/** Rows a finger runs along. */
export const keyboard_rows: readonly string[] = [
  '01234567890',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'azertyuiop',
  'qsdfghjklm',
  'wxcvbn',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  'qazwsxedcrfvtgbyhnujm',
  'q1w2e3r4t5y6u7i8o9p0',
  '1q2w3e4r5t6y7u8i9o0p',
];
