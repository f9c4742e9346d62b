"""What pages say where no article is, by language; phrases without case, "|" between them.

Consent walls follow the wording of the IAB Transparency and Consent Framework, which publishers translate alike; the
others say in each language's usual words what a reader must do, or what is not there.
"""

from __future__ import annotations

from collections.abc import Mapping

from newsclust.text.notice_wording_of_asia import NOTICES_OF_ASIA

NOTICES: Mapping[str, str] = {
    **NOTICES_OF_ASIA,
    "en": """we value your privacy|your privacy matters|we care about your privacy|your privacy choices|
        store and access information on a device|store and/or access information on|process personal data, such as|
        precise geolocation data and identification|you may click to consent|consent to our and our partners|
        we and our partners store|we and our partners use|we and our partners may|we and our partners process|
        we use cookies|this site uses cookies|this website uses cookies|uses cookies to|accept all cookies|
        manage your cookie|cookie settings|cookie preferences|withdraw your consent|legitimate interest at any time|
        personalised ads and content|personalized ads and content|subscribe to continue|subscribe to read|
        subscribe now to|to continue reading|to keep reading|already a subscriber|for subscribers only|
        only for subscribers|article is for subscribers|subscriber-only|exclusive to subscribers|
        available to subscribers|reserved for subscribers|sign in to read|log in to read|log in to continue|
        sign in to continue|create a free account|register to read|register for free to|you have reached your limit|
        free articles left|free articles this month|this content is locked|unlock this article|start your free trial|
        only available in paid plans|available in paid plans|upgrade your plan|upgrade to a paid plan|
        unusual traffic from your|detected unusual traffic|detected unusual activity|are you a robot|
        you are not a robot|not a bot|verify you are human|verify that you are human|prove you are human|
        checking your browser|checking if the site connection is secure|complete the captcha|
        complete the security check|access to this page has been denied|you don't have permission to|request blocked|
        you have been blocked|request has been blocked|403 forbidden|your ip address|cloudflare ray id|
        performance and security by|ddos protection|reference #|not available in your country|
        not available in your region|unavailable in your region|unavailable for legal reasons|
        unavailable in most european countries|enable javascript|turn on javascript|javascript is disabled|
        javascript is required|requires javascript|turn on scripts|enable cookies|please enable js|
        disable your ad blocker|disable any ad blocker|turn off your ad blocker|adblocker detected|
        ad blocker detected|your browser is not supported|browser is out of date|update your browser|
        loading the player|please wait while|just a moment...|page not found|page cannot be found|page can't be found|
        page you requested|page you are looking for|page you were looking for|404 error|error 404|404 not found|
        page is no longer available|article is no longer available|story is no longer available|
        article has been removed|page has been removed|post has been removed|content has been removed|
        article has been deleted|page has been deleted|has been moved or deleted|this article has expired|
        this story has been removed|content is unavailable|content is not available|this content is no longer|
        502 bad gateway|503 service unavailable|504 gateway|internal server error|please try again later|
        content not available|full text is not available|full text not available|text unavailable|
        no description available|no content available|no summary available|content truncated""",
    "de": """wir respektieren ihre privatsphäre|ihre privatsphäre ist uns wichtig|ihre daten sind uns wichtig|
        informationen auf einem gerät speichern|informationen auf einem gerät zu speichern|
        auf informationen auf einem gerät|unsere partner verarbeiten|personenbezogene daten, wie|genaue standortdaten|
        wir verwenden cookies|wir nutzen cookies|diese website verwendet cookies|diese webseite verwendet cookies|
        alle cookies akzeptieren|cookie-einstellungen|zustimmung widerrufen|einwilligung widerrufen|
        mit werbung und tracking|um weiterzulesen|weiterlesen mit|jetzt weiterlesen|nur für abonnenten|für abonnenten|
        bereits abonnent|sie haben bereits ein abo|jetzt abonnieren|jetzt registrieren|bitte melden sie sich an|
        dieser artikel ist kostenpflichtig|kostenpflichtiger inhalt|artikel freischalten|ungewöhnlichen datenverkehr|
        sie kein roboter sind|dass sie ein mensch sind|ihr browser wird überprüft|zugriff verweigert|
        der zugriff auf diese seite|aktivieren sie javascript|javascript aktivieren|javascript ist deaktiviert|
        deaktivieren sie ihren adblocker|adblocker erkannt|seite nicht gefunden|seite wurde nicht gefunden|
        seite existiert nicht|artikel wurde entfernt|artikel wurde gelöscht|artikel ist nicht mehr verfügbar|
        seite ist nicht mehr verfügbar|inhalt ist nicht verfügbar|versuchen sie es später|
        in ihrem land nicht verfügbar|seite, die sie suchen|gesuchte seite|aufgerufene seite|angeforderte seite|
        ihre privatsphäre|deine privatsphäre|auf ihrem gerät|auf deinem gerät|alle akzeptieren|alles akzeptieren|
        nur mit abo|mit einem abo|exklusiv für abonnenten|bereits abonniert|anmelden, um|ungewöhnliche aktivität|
        verdächtige aktivität|kein roboter|kein bot|zugriff gesperrt|browser wird geprüft|seite gibt es nicht|
        diese seite existiert|seite nicht verfügbar|seite wurde entfernt|seite wurde gelöscht|fehler 404|
        javascript wird benötigt|benötigt javascript|javascript einschalten|javascript ist ausgeschaltet""",
    "fr": """le respect de votre vie privée|nos partenaires stockons|stocker et/ou accéder à des informations|
        stockons et/ou accédons|accéder à des informations sur un|données de géolocalisation précises|
        nous utilisons des cookies|ce site utilise des cookies|accepter tous les cookies|tout accepter|
        gérer mes cookies|retirer votre consentement|continuer sans accepter|réservé aux abonnés|réservée aux abonnés|
        déjà abonné|abonnez-vous pour|pour lire la suite|poursuivre votre lecture|pour continuer à lire|
        connectez-vous pour|créez un compte|trafic inhabituel|n'êtes pas un robot|vous êtes humain|accès refusé|
        accès interdit|vérification de votre|activez javascript|activer javascript|javascript est désactivé|
        désactivez votre bloqueur|page introuvable|page non trouvée|page n'existe pas|page demandée|
        article a été supprimé|article n'est plus disponible|page n'est plus disponible|contenu n'est pas disponible|
        veuillez réessayer|page que vous recherchez|page que vous cherchez|nous respectons votre vie privée|
        votre vie privée|sur votre appareil|sur votre terminal|accepter et fermer|article réservé|contenu réservé|
        déjà abonnée|je m'abonne|s'abonner pour|lire la suite de l'article|activité inhabituelle|activité suspecte|
        trafic suspect|pas un robot|accès bloqué|cette page n'existe|la page n'existe|page est introuvable|
        page a été supprimée|erreur 404|javascript est requis|javascript est nécessaire|activer le javascript|
        réessayez plus tard""",
    "es": """tu privacidad|su privacidad|nuestros socios almacenamos|almacenar la información en un dispositivo|
        acceder a información en un dispositivo|datos de localización geográfica precisa|usamos cookies|
        utilizamos cookies|utiliza cookies|aceptar todas las cookies|configurar cookies|retirar su consentimiento|
        retirar tu consentimiento|exclusivo para suscriptores|solo para suscriptores|sólo para suscriptores|
        ya eres suscriptor|suscríbete para|suscríbase para|para seguir leyendo|para continuar leyendo|
        inicia sesión para|regístrate para|regístrate gratis|tráfico inusual|no eres un robot|no es un robot|
        eres humano|acceso denegado|verificando su navegador|active javascript|activa javascript|habilite javascript|
        habilita javascript|javascript está desactivado|desactive su bloqueador|desactiva tu bloqueador|
        página no encontrada|no se encontró la página|página que buscas|página que busca|no existe la página|
        página ya no está disponible|artículo ha sido eliminado|página ha sido eliminada|inténtelo de nuevo más tarde|
        la página solicitada|página a la que intenta acceder|no existe o ha sido movida|valoramos tu privacidad|
        respetamos tu privacidad|respetamos su privacidad|en tu dispositivo|en su dispositivo|aceptar todo|
        aceptar y continuar|rechazar y suscribirse|contenido exclusivo|para suscriptores|ya estás suscrito|
        ya tienes cuenta|lee sin límites|actividad sospechosa|actividad inusual|tráfico sospechoso|
        confirme que no es un robot|confirma que no eres|acceso restringido|acceso bloqueado|comprobando su navegador|
        la página no existe|esta página no existe|no hemos encontrado la página|la página que buscabas|error 404|
        necesita javascript|activar javascript|habilitar javascript|inténtalo de nuevo""",
    "pt": """valorizamos a sua privacidade|sua privacidade é importante|armazenar e/ou aceder a informações|
        armazenamos e/ou acedemos|acessar informações em um dispositivo|dados de geolocalização precisos|
        utilizamos cookies|usamos cookies|utiliza cookies|aceitar todos os cookies|retirar o seu consentimento|
        exclusivo para assinantes|só para assinantes|conteúdo exclusivo|já é assinante|assine para|
        para continuar a ler|para continuar lendo|faça login para|inicie sessão para|cadastre-se para|tráfego incomum|
        tráfego invulgar|não é um robô|você é humano|acesso negado|ative o javascript|habilite o javascript|
        javascript está desativado|desative o seu bloqueador|desative o bloqueador|página não encontrada|
        página que procura|página não está mais disponível|artigo foi removido|página foi removida|
        conteúdo não está disponível|tente novamente mais tarde|página que está procurando|página solicitada|
        retirada do ar|retirado do ar|respeitamos a sua privacidade|respeitamos sua privacidade|
        valorizamos sua privacidade|a sua privacidade|no seu dispositivo|armazenamos cookies|armazenar cookies|
        aceite tudo|aceitar tudo|aceitar todos|gerenciar cookies|gerir cookies|só para quem assina|
        somente para assinantes|apenas para assinantes|para assinantes|restrito a assinantes|assine e leia|
        assine agora|leia o texto completo|continue lendo|continue a ler|já tem cadastro|já tem conta|
        já possui assinatura|comportamento suspeito|atividade suspeita|atividade incomum|tráfego suspeito|
        confirme que não é um robô|não sou um robô|é um ser humano|acesso bloqueado|acesso proibido|
        verificando seu navegador|não encontramos a página|página não existe|página não existe mais|
        página que você procura|página que você está|notícia não encontrada|erro 404|ative javascript|
        ativar o javascript|habilitar o javascript|javascript desativado|precisa do javascript|tente de novo""",
    "it": """la tua privacy|la vostra privacy|rispettiamo la tua privacy|archiviare informazioni su un dispositivo|
        archiviamo e/o accediamo|dati di geolocalizzazione precisi|utilizziamo i cookie|utilizza i cookie|
        utilizza cookie|accetta tutti i cookie|revocare il consenso|riservato agli abbonati|contenuto riservato|
        sei già abbonato|abbonati per|per continuare a leggere|accedi per|registrati per|traffico insolito|
        non sei un robot|sei un essere umano|accesso negato|abilita javascript|attiva javascript|
        javascript è disabilitato|disattiva il tuo adblock|disattiva l'ad blocker|pagina non trovata|pagina richiesta|
        pagina che cerchi|pagina non è più disponibile|articolo è stato rimosso|contenuto non è disponibile|
        riprova più tardi|pagina che stai cercando|rispettiamo la tua|la tua riservatezza|sul tuo dispositivo|
        accetta tutto|accetta e continua|solo per abbonati|per gli abbonati|contenuto per abbonati|
        hai già un abbonamento|attività insolita|attività sospetta|traffico sospetto|non sei un bot|accesso bloccato|
        la pagina non esiste|questa pagina non esiste|pagina è stata rimossa|articolo non è più|errore 404|
        richiede javascript|attivare javascript|abilitare javascript""",
    "nl": """uw privacy|jouw privacy|je privacy|informatie op een apparaat|precieze geolocatiegegevens|
        wij gebruiken cookies|we gebruiken cookies|maakt gebruik van cookies|gebruikt cookies|alle cookies accepteren|
        toestemming intrekken|alleen voor abonnees|exclusief voor abonnees|al abonnee|om verder te lezen|
        verder lezen met|log in om|registreer om|ongebruikelijk verkeer|geen robot bent|dat u een mens bent|
        toegang geweigerd|schakel javascript in|javascript is uitgeschakeld|schakel uw adblocker|schakel je adblocker|
        pagina niet gevonden|pagina bestaat niet|artikel is niet meer beschikbaar|pagina is verwijderd|
        artikel is verwijderd|niet beschikbaar in uw land|probeer het later|pagina die u zoekt|pagina die je zoekt|
        opgevraagde pagina|wij respecteren uw|we respecteren je|op je apparaat|op uw apparaat|alles accepteren|
        cookies accepteren|lees verder met een abonnement|heb je al een abonnement|ongewone activiteit|
        verdachte activiteit|geen robot|toegang geblokkeerd|deze pagina bestaat niet|pagina is niet gevonden|
        pagina kon niet worden gevonden|javascript is vereist|javascript aanzetten|zet javascript aan""",
    "sv": """vi värnar om din integritet|lagra och få åtkomst till information|vi använder cookies|vi använder kakor|
        webbplatsen använder cookies|godkänn alla|återkalla ditt samtycke|endast för prenumeranter|
        bara för prenumeranter|för dig som är prenumerant|redan prenumerant|för att läsa vidare|läs vidare med|
        logga in för att|registrera dig för att|ovanlig trafik|inte är en robot|åtkomst nekad|aktivera javascript|
        slå på javascript|javascript är avstängt|stäng av din annonsblockerare|sidan kunde inte hittas|
        sidan hittades inte|sidan finns inte|sidan är inte längre tillgänglig|artikeln har tagits bort|
        sidan har tagits bort|sidan du söker|sidan du letar efter|accepterar du att vi använder|för prenumeranter|
        på din enhet|acceptera alla|låst artikel|bli prenumerant|ovanlig aktivitet|misstänkt aktivitet|
        du inte är en robot|du är en människa|vi kan inte hitta sidan|sidan är borttagen|fel 404|kräver javascript|
        försök igen senare""",
    "da": """vi værner om dit privatliv|oplysninger på en enhed|vi bruger cookies|bruger cookies|acceptér alle|
        tilbagekalde dit samtykke|kun for abonnenter|forbeholdt abonnenter|allerede abonnent|for at læse videre|
        læs videre med|log ind for at|usædvanlig trafik|ikke er en robot|adgang nægtet|aktivér javascript|
        slå javascript til|siden blev ikke fundet|siden findes ikke|siden er ikke længere|artiklen er blevet fjernet|
        siden er blevet fjernet|bliv abonnent for|på din enhed|tillad alle|kun for medlemmer|bliv abonnent|
        usædvanlig aktivitet|mistænkelig aktivitet|du ikke er en robot|du er et menneske|siden, du leder efter|
        vi kunne ikke finde siden|fejl 404|kræver javascript|prøv igen senere""",
    "no": """vi bryr oss om personvernet ditt|ditt personvern|informasjon på en enhet|vi bruker informasjonskapsler|
        bruker informasjonskapsler|vi bruker cookies|godta alle|kun for abonnenter|bare for abonnenter|
        forbeholdt abonnenter|allerede abonnent|for å lese videre|logg inn for å|uvanlig trafikk|ikke er en robot|
        ingen tilgang|slå på javascript|aktiver javascript|siden ble ikke funnet|finner ikke siden|
        siden er ikke lenger|artikkelen er fjernet|siden er fjernet|på enheten din|aksepter alle|bli abonnent|
        uvanlig aktivitet|mistenkelig aktivitet|du ikke er en robot|siden du leter etter|fant ikke siden|feil 404|
        krever javascript|prøv igjen senere""",
    "fi": """yksityisyytesi on meille tärkeä|tietoja laitteelle|käytämme evästeitä|käyttää evästeitä|hyväksy kaikki|
        vain tilaajille|oletko jo tilaaja|jatka lukemista|kirjaudu sisään|epätavallista liikennettä|et ole robotti|
        pääsy estetty|ota javascript käyttöön|javascript on poistettu|sivua ei löytynyt|sivua ei löydy|
        sivu ei ole enää|artikkeli on poistettu|sivu on poistettu|kertoa sinulle evästeistä|evästeet ovat käytössä|
        tilaa jatkaaksesi|lukeaksesi koko|arvostamme yksityisyyttäsi|kunnioitamme yksityisyyttäsi|yksityisyytesi|
        laitteellesi|evästeitä laitteel|tallennamme evästeitä|hyväksyt evästeet|evästeasetuk|vain tilaajien|
        tilaajille tarkoitettu|oletko tilaaja|kirjaudu|poikkeavaa liikennettä|epätavallista toimintaa|
        epäilyttävää toimintaa|ettet ole robotti|olet ihminen|pääsy evätty|selaintasi tarkistetaan|etsimääsi sivua|
        hakemaasi sivua|sivua ei ole olemassa|juttua ei löyty|on poistettu tai siirretty|javascript käyttöön|
        javascript ei ole käytössä|javascriptin käyttöön|yritä myöhemmin uudelleen|yritä uudelleen""",
    "pl": """cenimy twoją prywatność|szanujemy twoją prywatność|przechowujemy informacje na urządzeniu|
        informacje na urządzeniu|dokładne dane geolokalizacyjne|używamy plików cookie|wykorzystuje pliki cookie|
        używa plików cookie|zaakceptuj wszystkie|wycofać zgodę|tylko dla subskrybentów|dla prenumeratorów|
        masz już subskrypcję|aby czytać dalej|by czytać dalej|czytaj dalej z|zaloguj się, aby|zarejestruj się, aby|
        nietypowy ruch|nie jesteś robotem|jesteś człowiekiem|odmowa dostępu|dostęp zabroniony|włącz javascript|
        włącz obsługę javascript|wyłącz adblock|wyłącz blokowanie reklam|nie znaleziono strony|strona nie istnieje|
        strona nie została|artykuł został usunięty|strona została usunięta|strona nie jest już|
        spróbuj ponownie później|strona, której szukasz|strony, której szukasz|dbamy o twoją prywatność|
        twoja prywatność|dostęp do informacji zapisanych|zapisanych w plikach cookie|w plikach cookie|pliki cookies|
        plików cookies|stosujemy pliki cookie|akceptuję wszystk|zaakceptuj wszystko|przejdź do ustawień|
        przeczytasz z prenumerat|dostępny dla subskrybentów|dostępny tylko dla|dostępne dla subskrybentów|
        treść premium|wykup dostęp|wykup subskrypcję|kup prenumeratę|żeby czytać dalej|czytać bez ograniczeń|
        masz już konto|masz już dostęp|podejrzany ruch|podejrzaną aktywność|nietypową aktywność|nie masz uprawnień|
        dostęp został zablokowany|sprawdzamy twoją przeglądarkę|nie ma takiej strony|strona nie znaleziona|
        strony nie znaleziono|taka strona nie istnieje|podana strona|została przeniesiona lub usunięta|
        artykuł nie istnieje|włącz w przeglądarce|obsługę języka javascript|obsługi javascript|
        javascript jest wyłączony|wymaga javascript|wymaga włączonej obsługi""",
    "cs": """vážíme si vašeho soukromí|informace v zařízení|používáme soubory cookie|používá cookies|
        používá soubory cookie|přijmout vše|odvolat souhlas|pouze pro předplatitele|jen pro předplatitele|
        jste předplatitel|pro pokračování|přihlaste se, abyste|neobvyklý provoz|nejste robot|přístup odepřen|
        povolte javascript|zapněte javascript|vypněte adblock|stránka nenalezena|stránka nebyla nalezena|
        stránka neexistuje|článek byl odstraněn|stránka byla odstraněna|stránka již není|stránka, kterou hledáte|
        požadovaná stránka|vaše soukromí|na vašem zařízení|ve vašem zařízení|přijmout všechny|souhlasím se vším|
        obsah pro předplatitele|článek je pouze pro|předplaťte si|máte předplatné|neobvyklou aktivitu|
        neobvyklá aktivita|podezřelou aktivitu|že jste člověk|přístup byl odepřen|ověřujeme váš prohlížeč|
        stránku se nepodařilo|tato stránka neexistuje|chyba 404|povolte si javascript|javascript je vypnutý|
        zkuste to později""",
    "sk": """vážime si vaše súkromie|používame súbory cookie|používa súbory cookie|len pre predplatiteľov|
        prihláste sa|nie ste robot|prístup zamietnutý|zapnite javascript|povoľte javascript|stránka sa nenašla|
        stránka neexistuje|článok bol odstránený|stránka už nie je|vaše súkromie|vo vašom zariadení|prijať všetko|
        prijať všetky|obsah pre predplatiteľov|predplaťte si|nezvyčajnú aktivitu|neobvyklú aktivitu|
        podozrivú aktivitu|že ste človek|stránka nebola nájdená|stránku, ktorú hľadáte|požadovaná stránka|chyba 404|
        skúste to neskôr""",
    "hu": """fontos számunkra az ön adatainak|adatvédelme|mi és partnereink tároljuk|sütiket használunk|
        sütiket használ|cookie-kat használ|összes elfogadása|csak előfizetőknek|előfizetőink számára|már előfizető|
        az olvasás folytatásához|jelentkezzen be|szokatlan forgalmat|nem robot|hozzáférés megtagadva|
        engedélyezze a javascript|kapcsolja be a javascript|az oldal nem található|a keresett oldal|
        cikk már nem elérhető|oldal már nem elérhető|cikket törölt|cikket eltávolít|keresett cikk|
        az ön adatainak védelme|az eszközén|összes elfogadás|elfogadom az összes|előfizetői tartalom|csak előfizetők|
        fizessen elő|már van előfizetése|szokatlan tevékenység|gyanús tevékenység|nem ön robot|hogy ön ember|
        a hozzáférés tiltott|böngésző ellenőrzése|az oldal nem létezik|nem létezik ilyen oldal|404-es hiba|
        javascript engedélyezése|javascript szükséges|próbálja újra később""",
    "ro": """confidențialitatea dumneavoastră|confidențialitatea ta|informații pe un dispozitiv|folosim cookie|
        utilizăm cookie|folosește cookie|utilizează cookie|acceptă toate|doar pentru abonați|exclusiv pentru abonați|
        ești deja abonat|pentru a citi mai departe|pentru a continua|autentifică-te|trafic neobișnuit|nu ești robot|
        nu sunteți robot|acces interzis|acces refuzat|activați javascript|activează javascript|
        pagina nu a fost găsită|pagina nu există|pagina nu mai este disponibilă|articolul a fost șters|
        pagina pe care o căutați|pagina pe care o cauți|pagina căutată|respectăm confidențialitatea|pe dispozitivul|
        acceptă tot|conținut premium|pentru abonați|abonează-te pentru|ai deja cont|aveți deja abonament|
        activitate neobișnuită|activitate suspectă|nu ești un robot|că ești om|accesul a fost blocat|
        pagina nu poate fi găsită|pagina solicitată|pagina a fost ștearsă|eroare 404|necesită javascript|
        încercați mai târziu""",
    "el": """σεβόμαστε την ιδιωτικότητά|το απόρρητό σας|πληροφορίες σε μια συσκευή|χρησιμοποιούμε cookies|
        χρησιμοποιεί cookies|αποδοχή όλων|μόνο για συνδρομητές|αποκλειστικά για συνδρομητές|είστε ήδη συνδρομητής|
        για να συνεχίσετε|συνδεθείτε για|ασυνήθιστη κίνηση|δεν είστε ρομπότ|δεν επιτρέπεται η πρόσβαση|
        απαγορεύεται η πρόσβαση|ενεργοποιήστε τη javascript|ενεργοποιήστε την javascript|η σελίδα δεν βρέθηκε|
        δεν βρέθηκε η σελίδα|η σελίδα δεν είναι πλέον|το άρθρο έχει αφαιρεθεί|το άρθρο έχει διαγραφεί|
        η σελίδα που ψάχνετε|η σελίδα που αναζητάτε|η σελίδα που ζητήσατε|η σελίδα που αναζητ|ζητήσατε δεν υπάρχει|
        σεβόμαστε το απόρρητ|σεβόμαστε την ιδιωτικ|η ιδιωτικότητά σας|πληροφορίες στη συσκευή|στη συσκευή σας|
        αποθηκεύουμε πληροφορίες|με cookies|χρήση cookies|αποδέχομαι όλα|αποδεχτείτε τα όλα|αποδεχτείτε όλα|
        διαθέσιμο μόνο για|μόνο για μέλη|συνεχίσετε την ανάγνωση|εγγραφείτε για|ήδη συνδρομητ|
        ασυνήθιστη δραστηριότητα|ύποπτη δραστηριότητα|ότι δεν είστε ρομπότ|είστε άνθρωπος|η πρόσβαση απορρίφθηκε|
        δεν έχετε πρόσβαση|έλεγχος του προγράμματος περιήγησης|η σελίδα δεν υπάρχει|σελίδα που αναζητ|
        έχει διαγραφεί ή|ενεργοποιήστε τη χρήση javascript|δοκιμάστε ξανά αργότερα""",
    "bg": """поверителността ви|използваме бисквитки|използва бисквитки|приеми всички|само за абонати|
        за да продължите|влезте в профила|необичаен трафик|не сте робот|достъпът е отказан|включете javascript|
        активирайте javascript|страницата не е намерена|страницата не съществува|страницата вече не е|
        статията е премахната|статията е изтрита|уважаваме вашата|вашата поверителност|на вашето устройство|
        приемам всички|съдържание за абонати|абонирайте се|вече сте абонат|необичайна активност|
        подозрителна активност|че не сте робот|че сте човек|достъпът е забранен|страницата, която търсите|
        не намерихме страницата|търсената страница|грешка 404|изисква javascript|опитайте по-късно""",
    "hr": """vaša privatnost|vašu privatnost|koristimo kolačiće|koristi kolačiće|prihvati sve|samo za pretplatnike|
        već ste pretplatnik|za nastavak čitanja|prijavite se za|neuobičajen promet|niste robot|pristup odbijen|
        omogućite javascript|uključite javascript|stranica nije pronađena|stranica ne postoji|
        stranica više nije dostupna|članak više nije dostupan|članak je uklonjen|članak je obrisan|vašem uređaju|
        sadržaj za pretplatnike|pretplatite se|imate pretplatu|neuobičajenu aktivnost|neuobičajena aktivnost|
        sumnjivu aktivnost|da niste robot|da ste čovjek|pristup je odbijen|stranica koju tražite|tražena stranica|
        greška 404|pokušajte kasnije""",
    "sr": """ваша приватност|користимо колачиће|користи колачиће|само за претплатнике|нисте робот|приступ одбијен|
        омогућите javascript|укључите javascript|страница није пронађена|страница не постоји|страница више није|
        чланак је уклоњен|stranica nije pronađena|koristimo kolačiće|на вашем уређају|прихвати све|
        садржај за претплатнике|претплатите се|необичну активност|необична активност|сумњиву активност|да нисте робот|
        страница коју тражите|тражена страница|грешка 404|покушајте касније|vašem uređaju|prihvati sve|
        samo za pretplatnike|niste robot|stranica koju tražite|omogućite javascript""",
    "sl": """vaša zasebnost|uporabljamo piškotke|uporablja piškotke|samo za naročnike|niste robot|dostop zavrnjen|
        omogočite javascript|strani ni mogoče najti|stran ne obstaja|stran ni več na voljo|na vaši napravi|
        sprejmi vse|vsebina za naročnike|nenavadno dejavnost|stran, ki jo iščete|iskana stran|napaka 404|
        poskusite pozneje""",
    "ru": """мы ценим вашу конфиденциальность|мы используем cookie|мы используем файлы cookie|использует файлы cookie|
        использует cookie|используем куки|принять все|только для подписчиков|доступно подписчикам|
        доступен только подписчикам|уже есть подписка|оформите подписку|чтобы продолжить чтение|чтобы читать дальше|
        чтобы прочитать полностью|войдите, чтобы|авторизуйтесь, чтобы|зарегистрируйтесь, чтобы|подозрительный трафик|
        необычный трафик из|что вы не робот|вы не робот|доступ к сайту ограничен|доступ к странице|проверка браузера|
        проверяем ваш браузер|включите javascript|включить javascript|javascript отключен|javascript отключён|
        отключите блокировщик|страница не найдена|страница не существует|такой страницы нет|запрашиваемая страница|
        материал удалён|материал удален|статья удалена|новость удалена|страница больше не доступна|
        страница больше недоступна|недоступен в вашем регионе|попробуйте позже|повторите попытку позже|ошибка 404|
        страница, которую вы ищете|страницы, которую вы ищете|вашу приватность|на вашем устройстве|файлы cookie|
        файлов cookie|принять всё|только подписчикам|только по подписке|материал доступен по подписке|уже подписаны|
        чтобы дочитать|необычная активность|подозрительную активность|подозрительная активность|что вы человек|
        доступ запрещен|доступ запрещён|доступ ограничен|страница удалена|страницу не удалось найти|
        запрошенная страница|статья не найдена|материал не найден|необходим javascript|требуется javascript""",
    "uk": """ми цінуємо вашу конфіденційність|ми використовуємо cookie|ми використовуємо файли cookie|
        використовує файли cookie|прийняти всі|лише для передплатників|тільки для передплатників|
        тільки для підписників|оформіть передплату|щоб читати далі|щоб продовжити читання|увійдіть, щоб|
        авторизуйтесь, щоб|незвичайний трафік|підозрілий трафік|ви не робот|доступ до сторінки|увімкніть javascript|
        javascript вимкнено|вимкніть блокувальник|сторінку не знайдено|сторінка не знайдена|сторінка не існує|
        матеріал видалено|статтю видалено|сторінка більше недоступна|спробуйте пізніше|сторінка, яку ви шукаєте|
        сторінку, яку ви шукаєте|ми цінуємо вашу приватність|вашу приватність|ваша приватність|на вашому пристрої|
        файли cookie|файлів cookie|використовуємо кукі|прийміть усе|прийняти все|лише передплатникам|
        лише для підписників|щоб читати повністю|уже маєте доступ|вже маєте підписку|незвичні запити|
        незвична активність|підозріла активність|підозрілу активність|що ви не робот|що ви людина|доступ заборонено|
        доступ обмежено|перевіряємо ваш браузер|сторінку, яку ви шукали|такої сторінки не існує|сторінку видалено|
        статтю вилучено|увімкніть підтримку javascript|потрібен javascript|спробуйте ще раз""",
    "tr": """gizliliğinize önem veriyoruz|gizliliğinize değer veriyoruz|bir cihazdaki bilgi|çerez kullanıyoruz|
        çerezleri kullanıyoruz|çerezler kullanılmaktadır|çerez kullanır|yalnızca abonelere|sadece abonelere|
        abonelere özel|zaten abone misiniz|okumaya devam etmek için|devam etmek için giriş|okumak için üye olun|
        olağan dışı trafik|olağandışı trafik|robot olmadığınızı|insan olduğunuzu|erişim engellendi|erişim reddedildi|
        javascript'i etkinleştirin|javascript etkinleştirin|reklam engelleyici|sayfa bulunamadı|aradığınız sayfa|
        böyle bir sayfa yok|haber yayından kaldırıl|sayfa yayından kaldırıl|sayfa artık mevcut değil|haber silinmiş|
        daha sonra tekrar deneyin|ulaşmaya çalıştığınız sayfa|abone olmanız gerek|çerezleri kabul|gizliliğinize saygı|
        gizliliğiniz bizim|cihazınızda çerez|cihazınızdaki bilgi|çerez saklı|çerez kullan|çerez tercih|çerez politika|
        tümünü kabul|hepsini kabul|abonelere açık|abonelere özeldir|üyelere özel|abone olun|abone girişi|
        devamını okumak için|üye girişi yap|olağan dışı etkinlik|şüpheli etkinlik|şüpheli trafik|robot değil|
        gerçek kişi olduğunuzu|erişiminiz engellen|erişim izniniz yok|tarayıcınız kontrol|sayfa mevcut değil|
        sayfa kaldırıl|sayfaya ulaşılam|haber bulunamadı|adresi değişmiş olabilir|javascript'i açın|
        javascript'i aktif|javascript etkin|javascript devre dışı|javascript gerekli|tekrar deneyin""",
    "az": """məxfiliyinizə|kukilərdən istifadə|yalnız abunəçilər|səhifə tapılmadı|javascript-i aktiv|
        robot olmadığınızı|cihazınızda|hamısını qəbul|kukiləri qəbul|abunəçilər üçün|oxumağa davam etmək|
        artıq abunəçisiniz|qeyri-adi fəaliyyət|qeyri-adi trafik|şübhəli fəaliyyət|robot deyilsiniz|giriş qadağandır|
        axtardığınız səhifə|səhifə mövcud deyil|səhifə silinib|javascript-i işə|yenidən cəhd""",
    "ca": """la teva privacitat|nosaltres i els nostres socis|utilitzem galetes|fem servir galetes|
        només per a subscriptors|per continuar llegint|pàgina no trobada|activa javascript|accés denegat|
        respectem la teva|al teu dispositiu|accepta-ho tot|exclusiu per a subscriptors|ja ets subscriptor|
        trànsit inusual|activitat inusual|no ets un robot|la pàgina que busques|la pàgina no existeix|error 404|
        torna-ho a provar""",
    "lt": """mes vertiname jūsų privatumą|naudojame slapukus|naudoja slapukus|tik prenumeratoriams|
        norėdami skaityti toliau|puslapis nerastas|įjunkite javascript|prieiga uždrausta|nesate robotas|
        jūsų įrenginyje|priimti visus|sutinku su visais|prenumeratoriams|neįprastą veiklą|neįprasta veikla|
        kad nesate robotas|puslapis, kurio ieškote|ieškomas puslapis|puslapis neegzistuoja|klaida 404|
        bandykite vėliau""",
    "lv": """mēs cienām jūsu privātumu|izmantojam sīkdatnes|izmanto sīkdatnes|tikai abonentiem|lai turpinātu lasīt|
        lapa nav atrasta|ieslēdziet javascript|piekļuve liegta|neesat robots|jūsu ierīcē|pieņemt visas|abonentiem|
        neparastu darbību|neparasta darbība|ka neesat robots|lapa, ko meklējat|meklētā lapa|lapa neeksistē|kļūda 404|
        mēģiniet vēlāk""",
    "et": """hindame teie privaatsust|kasutame küpsiseid|kasutab küpsiseid|ainult tellijatele|edasi lugemiseks|
        lehte ei leitud|lülitage javascript sisse|juurdepääs keelatud|teie seadmes|sinu seadmes|nõustu kõigiga|
        tellijatele|ebatavalist tegevust|ebatavaline liiklus|et te pole robot|te ei ole robot|otsitud lehte|
        lehte, mida otsite|viga 404|proovige hiljem""",
    "kk": """құпиялылығыңызды|cookie файлдарын|барлығын қабылдау|тек жазылушылар|оқуды жалғастыру|әдеттен тыс|
        робот емес|қол жеткізу шектелген|бет табылмады|бет жоқ|сіз іздеген бет|javascript қосыңыз|
        javascript-ті қосыңыз|кейінірек қайталап""",
    "uz": """maxfiyligingizni|cookie fayllaridan|barchasini qabul|faqat obunachilar|o'qishni davom ettirish|
        g'ayrioddiy|robot emas|kirish taqiqlangan|sahifa topilmadi|siz qidirayotgan sahifa|javascript'ni yoqing|
        javascriptni yoqing|keyinroq urinib""",
    "mn": """таны нууцлал|күүки ашигла|бүгдийг зөвшөөр|зөвхөн захиалагч|үргэлжлүүлэн унших|робот биш|хуудас олдсонгүй|
        таны хайсан хуудас|javascript идэвхжүүл""",
    "sq": """privatësinë tuaj|në pajisjen tuaj|përdorim cookies|pranoji të gjitha|vetëm për abonentët|
        për të vazhduar leximin|aktivitet i pazakontë|nuk jeni robot|faqja nuk u gjet|faqja që kërkoni|
        aktivizoni javascript|provoni përsëri""",
    "mk": """вашата приватност|на вашиот уред|користиме колачиња|прифати ги сите|само за претплатници|
        за да продолжите со читање|не сте робот|страницата не е пронајдена|страницата што ја барате|
        овозможете javascript|обидете се подоцна""",
    "af": """jou privaatheid|op jou toestel|ons gebruik koekies|aanvaar alles|slegs vir intekenaars|om verder te lees|
        ongewone aktiwiteit|nie 'n robot|bladsy nie gevind|aktiveer javascript|probeer later weer""",
    "is": """aðeins fyrir áskrifendur|fyrir áskrifendur|skráðu þig inn til að|til að lesa áfram|
        ertu áskrifandi|vafrakökur|vafrakökum|persónuvernd þín|síðan fannst ekki|síða fannst ekki|
        síðan er ekki til|er síðan ekki til|hefur verið fjarlægð|greinin fannst ekki|ekki vélmenni|aðgangi hafnað|
        óvenjuleg umferð|kveiktu á javascript|virkjaðu javascript|reyndu aftur síðar""",
    "eu": """harpidedunentzat bakarrik|harpidedunentzako|irakurtzen jarraitzeko|hasi saioa|
        cookieak erabiltzen|onartu guztiak|cookie guztiak onartu|zure pribatutasuna|ez da orria aurkitu|
        orria ez da aurkitu|orri hau ez da existitzen|ezabatu egin|ez zarela robota|sarbidea ukatu|
        sarbidea ukatuta|gaitu javascript|saiatu berriro""",
    "gl": """exclusivo para subscritores|só para subscritores|para seguir lendo|inicia sesión para|
        a túa privacidade|utiliza cookies|aceptar todas as|páxina non atopada|non se atopou a páxina|
        a páxina non existe|foi eliminada|non es un robot|acceso denegado|activa javascript|téntao de novo""",
    "cy": """ar gyfer tanysgrifwyr|tanysgrifwyr yn unig|i barhau i ddarllen|mewngofnodwch i|defnyddio cwcis|
        derbyn pob cwci|derbyn y cwcis|eich preifatrwydd|ni chafwyd hyd i'r dudalen|
        methu dod o hyd i'r dudalen|nid yw'r dudalen|wedi'i dileu|nad ydych yn robot|gwrthodwyd mynediad|
        galluogwch javascript|rhowch gynnig arall""",
    "ga": """do shíntiúsóirí|síntiúsóirí amháin|logáil isteach chun|chun leanúint ar aghaidh|
        úsáidimid fianáin|glac le gach fianán|glac le fianáin|do phríobháideachas|
        níor aimsíodh an leathanach|ní féidir an leathanach|níl an leathanach|nach róbat thú|
        diúltaíodh rochtain|cumasaigh javascript|bain triail eile""",
    "be": """толькі падпісчыкам|толькі для падпісчыкаў|каб чытаць далей|увайдзіце, каб|аформіце падпіску|
        файлы cookie|прыняць усе|ваша прыватнасць|старонка не знойдзена|старонкі не існуе|старонка выдалена|
        была выдалена|вы не робат|доступ забаронены|падазроная актыўнасць|уключыце javascript|
        паспрабуйце пазней""",
    "mt": """għall-abbonati biss|għall-abbonati|biex tkompli taqra|idħol fil-kont|nużaw il-cookies|
        aċċetta l-cookies|il-privatezza tiegħek|il-paġna ma nstabitx|paġna ma nstabitx|
        din il-paġna ma teżistix|m'intix robot|aċċess miċħud|attiva l-javascript|ippermetti javascript|
        erġa' pprova""",
    "lb": """fir abonnenten|nëmme fir abonnenten|fir weiderzeliesen|loggt iech an|benotze cookien|
        all cookien akzeptéieren|cookien akzeptéieren|är privatsphär|säit net fonnt|säit gouf net fonnt|
        dës säit gëtt et net|et dës säit net|kee roboter|zougang verweigert|
        aktivéiert javascript|probéiert et méi spéit""",
}

TITLES = """just a moment|just a moment...|attention required|access denied|
    403 forbidden|forbidden|404|404 not found|404 error|error 404|not found|page not found|error|error page|robot check|
    are you a robot?|security check|captcha|502 bad gateway|503 service unavailable|500 internal server error|
    504 gateway time-out|bad gateway|service unavailable|too many requests|429 too many requests|
    request rejected|blocked|verify you are human|cookie consent|cookies|consent|before you continue|
    before you continue to google|privacy settings|your privacy choices|subscribe|sign in|log in|login|redirecting|
    redirecting...|loading|loading...|untitled|untitled document|index|javascript required|javascript is disabled"""

NOTHING = """nan|nat|none|null|nil|n/a|#n/a|na|<na>|undefined|\\n|(null)|(none)|[none]|[null]|[removed]|[deleted]|
    not available|unavailable"""
