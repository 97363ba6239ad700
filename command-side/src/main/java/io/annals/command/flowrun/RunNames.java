package io.annals.command.flowrun;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Makes up names for runs that were given none: an adjective and an animal. */
public final class RunNames implements Supplier<String> {
  private static final String[] ADJECTIVES =
      words(
          """
      able agile airy alert amber ample apt arctic ardent artful astute august autumn avid aware
      azure balmy blithe bold bonny bouncy brainy brave breezy brief bright brisk bronze bubbly
      burly busy calm candid careful caring casual catchy cheery chic chief chilly civil classy
      clean clear clever cosmic cosy courtly crafty crimson crisp curious curly cute dainty dapper
      daring dashing dazzling dear decent deep deft devout dewy direct distant dizzy dreamy droll
      dusty eager early earnest easy elated elder elegant elfin eminent endless epic even exact
      exotic expert fair faithful famous fancy fast fearless fervent festive fine firm fleet
      floral fluent fluffy flying fond formal frank free fresh frosty frugal fuzzy gallant genial
      gentle genuine giddy gifted gilded giving glad gleaming glossy glowing golden good graceful
      grand grateful great green handy happy hardy hasty hazel hearty helpful heroic hidden honest
      hopeful huge humble hushed icy ideal immense indigo inner inventive iron ivory jaunty jazzy
      jolly jovial joyful jubilant just keen kind kingly large lasting lavish leafy lean learned
      lenient level light lilac limber lively lofty logical lone loud loyal lucid lucky lunar lush
      magnetic majestic mellow merry mighty mild mindful minty misty modest mossy musical mystic
      native neat nifty nimble noble noisy novel olive open orange ornate outgoing pastel patient
      peachy pearly peppy perky placid playful plucky poised polished polite prime proud prudent
      punctual pure quick quiet quirky radiant rapid rare ready refined regal robust rosy rugged
      rustic sandy sane sapphire satin savvy scarlet secret sedate serene sharp shiny shy silent
      silky silver simple sincere sleek sleepy smart smiling smooth snappy snowy snug sober solar
      solid sonic spirited spry stable stately steady stellar sterling stoic sturdy subtle sunny
      super supple sure tactful tall tame tender tidy tiny topaz tranquil trim true trusty upbeat
      urban vast velvet vibrant violet vivid warm wary watchful wavy wise witty wooden zany
      zealous zesty
      """);
  private static final String[] ANIMALS =
      words(
          """
      aardvark adder albatross alpaca anaconda ant anteater antelope armadillo auk avocet axolotl
      baboon badger bandicoot barnacle barracuda basilisk bass bat bear beaver bee beetle bird
      bison bittern boa boar bobcat bongo bonobo bream buffalo bulldog bullfinch bumblebee bunting
      bushbaby bustard butterfly buzzard caiman camel canary capercaillie capybara caracal
      cardinal caribou carp cat caterpillar catfish centipede chameleon chamois cheetah chickadee
      chicken chinchilla chipmunk cicada civet clam cobra cockatoo cod collie condor coot coral
      cormorant cougar cow coyote crab crane crayfish cricket crocodile crow cuckoo curlew
      dachshund dassie deer dingo dodo dog dolphin donkey dormouse dotterel dove dragonfly drake
      duck dugong dunlin eagle earwig echidna eel egret eland elephant elk emu ermine falcon fawn
      ferret finch firefly fish flamingo flounder fox frigatebird frog fulmar gannet gaur gazelle
      gecko gerbil gibbon giraffe glowworm gnat gnu goat goldfinch goose gopher goshawk
      grasshopper grebe greyhound grouse gull guppy haddock halibut hamster hare harrier hawk
      hedgehog heron herring hippo hoopoe hornbill hornet horse hound hummingbird hyena ibex ibis
      iguana impala jackal jackdaw jaguar jay jellyfish kangaroo kestrel kingfisher kite kiwi
      koala kookaburra krill kudu ladybird lamb lamprey langur lapwing lark lemming lemur leopard
      limpet lion lizard llama lobster locust loon loris lynx macaque macaw mackerel magpie
      mallard manatee mandrill manta marabou marlin marmoset marmot marten mastiff meerkat merlin
      midge millipede mink minnow mole mongoose monkey moose moth mouse mule mullet muskrat mussel
      narwhal newt nightingale nightjar nuthatch nutria ocelot octopus okapi opossum orca oriole
      oryx osprey ostrich otter owl ox oyster panda pangolin panther parakeet parrot partridge
      peacock pelican penguin perch petrel pheasant pigeon pike pipit plaice platypus plover
      polecat pony porcupine porpoise possum prawn ptarmigan puffin puma python quail quokka
      rabbit raccoon ram raven ray redstart reindeer rhino roach robin rook sable salamander
      salmon sandpiper sardine scallop seahorse seal serval shark sheep shrew shrimp siskin skate
      skink skunk skylark sloth snail snipe sole sparrow spider spoonbill squid squirrel starfish
      starling stingray stoat stork sturgeon swallow swan swift swordfish tahr takin tapir tarsier
      teal tern terrapin thrush tiger toad tortoise toucan trout tuna turbot turkey turtle urchin
      viper vole vulture wagtail wallaby walrus warbler warthog wasp waxwing weasel weevil whale
      whelk whippet wigeon wildcat wolf wolverine wombat woodlark woodpecker worm wren yak zander
      zebra
      """);

  private final RandomGenerator random;

  /** Draws words with the given source of randomness; names need not be unique. */
  public RunNames(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public String get() {
    return pick(ADJECTIVES) + "-" + pick(ANIMALS);
  }

  private String pick(String[] words) {
    return words[random.nextInt(words.length)];
  }

  private static String[] words(String text) {
    return text.strip().split("\\s+");
  }
}
