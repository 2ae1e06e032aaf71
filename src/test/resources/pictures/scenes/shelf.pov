// A bookshelf: lettering, leather, paper and wood, many edges.
#version 3.7;
#include "functions.inc"
#include "rand.inc"
global_settings { assumed_gamma 1.0 max_trace_level 4 }
camera { location <-0.6, 1.9, -7.2> look_at <0.05, 1.62, 0> right x*4/3 up y angle 40 }
light_source { <-5, 6, -6> rgb <1.65, 1.40, 1.05> area_light x*1.6, y*1.6, 3, 3 adaptive 1 jitter circular orient }
light_source { <5, 2, -9> rgb <0.20, 0.23, 0.30> shadowless }

#declare Oak = texture {
  pigment { wood turbulence <0.08, 0.08, 0.5> octaves 5 scale <0.10, 0.10, 2.6> rotate y*90 rotate <4, 3, 2>
    color_map { [0 rgb <0.20, 0.105, 0.05>] [0.4 rgb <0.15, 0.075, 0.035>] [0.75 rgb <0.075, 0.036, 0.018>] [1 rgb <0.18, 0.09, 0.045>] } }
  normal { granite 0.12 scale <1.2, 0.05, 0.1> }
  finish { diffuse 0.85 ambient 0 specular 0.25 roughness 0.03 }
}
box { <-6, -0.22, -0.75>, <6, 0, 1.6> texture { Oak } }
box { <-6, 3.42, -0.75>, <6, 3.62, 1.6> texture { Oak translate 4 } }
box { <-6, -1, 1.5>, <6, 5, 1.7> texture { Oak scale 2 translate 9 } }
box { <-6, -3, -0.55>, <6, -2.2, 1.6> texture { Oak translate 2 } }

#declare R = seed(31);
#declare Titles = array[14] { "THE LIGHT OF WATER", "Harbours", "ON GLASS", "A Field Guide to Clouds", "RIVERS & ROADS", "Fresco", "COLOUR THEORY", "Lacunae", "The Restorer's Eye", "NORTH", "Pigments", "STILL LIFE", "Atlas of Small Towns", "Evening" }
#declare Names = array[14] { "A. Brandt", "M. Okafor", "L. Serra", "J. Whitmore", "T. Lindqvist", "R. Bianchi", "H. Adeyemi", "C. Moreau", "I. Sato", "E. Hale", "P. Novak", "D. Ferreira", "S. Rahman", "G. Keller" }
#declare Cloths = array[9] { rgb <0.23, 0.03, 0.03>, rgb <0.03, 0.10, 0.08>, rgb <0.03, 0.06, 0.16>, rgb <0.42, 0.30, 0.13>, rgb <0.55, 0.50, 0.40>, rgb <0.10, 0.04, 0.09>, rgb <0.05, 0.05, 0.055>, rgb <0.38, 0.14, 0.05>, rgb <0.12, 0.20, 0.24> }
#declare Faces = array[3] { "LiberationSerif-Bold.ttf", "LiberationSans-Bold.ttf", "LiberationSerif-Italic.ttf" }

#macro Book(I, Wide, High, Deep)
  #local C = Cloths[mod(I*4 + 1, 9)];
  #local Light = (C.red + C.green + C.blue > 0.9);
  #if (Light) #local Ink = rgb <0.06, 0.04, 0.03>; #else #local Ink = rgb <0.66, 0.50, 0.20>; #end
  #local T = text { ttf concat("/usr/share/fonts/truetype/liberation/", Faces[mod(I, 3)]) Titles[mod(I, 14)], 0.02, 0 };
  #local A = min_extent(T); #local B = max_extent(T);
  #local S = min(0.50*Wide/(B.y - A.y), 0.58*High/(B.x - A.x));
  #local U = text { ttf "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf" Names[mod(I, 14)], 0.02, 0 };
  #local UB = max_extent(U);
  #local V = min(0.30*Wide/UB.y, 0.80*Wide/UB.x);
  union {
    // Cover with a rounded spine.
    difference {
      union {
        box { <0, 0, 0.03>, <Wide, High, Deep> }
        intersection { cylinder { <Wide/2, 0, Wide*0.9>, <Wide/2, High, Wide*0.9>, Wide*1.03 } box { <0, 0, -1>, <Wide, High, 0.2> } }
      }
      box { <0.04, High - 0.05, 0.06>, <Wide - 0.04, High + 0.1, Deep + 1> }
      texture {
        pigment { granite scale 0.6 translate I color_map { [0 C*0.75] [0.6 C] [1 C*1.25] } }
        normal { #if (mod(I, 2)) crackle 0.25 scale 0.03 #else wrinkles 0.35 scale <0.02, 0.02, 0.02> #end }
        finish { diffuse 0.9 ambient 0 specular 0.25 roughness 0.04 }
      }
    }
    box { <0.04, 0, 0.08>, <Wide - 0.04, High - 0.05, Deep - 0.02>
      pigment { gradient x scale 0.014 turbulence 0.1 color_map { [0 rgb <0.62, 0.56, 0.44>] [1 rgb <0.36, 0.31, 0.23>] } } finish { diffuse 0.9 ambient 0 } }
    // Bands.
    #for (K, 0, 1)
      box { <0.015, High*(0.085 + 0.80*K), -0.145*Wide>, <Wide - 0.015, High*(0.085 + 0.80*K) + 0.028, 0.1> pigment { Ink } finish { diffuse 0.9 specular 0.5 roughness 0.02 ambient 0 } }
      box { <0.015, High*(0.115 + 0.80*K), -0.145*Wide>, <Wide - 0.015, High*(0.115 + 0.80*K) + 0.008, 0.1> pigment { Ink } finish { diffuse 0.9 specular 0.5 roughness 0.02 ambient 0 } }
    #end
    object { T translate -(A + B)/2 scale <S, S, 1> rotate z*-90 translate <Wide/2, High*0.58, -0.145*Wide> pigment { Ink } finish { diffuse 0.9 specular 0.5 roughness 0.02 ambient 0 } }
    object { U translate <-UB.x/2, -UB.y/2, 0> scale <V, V, 1> translate <Wide/2, 0, 0> translate <0, High*0.175, -0.145*Wide> pigment { Ink } finish { diffuse 0.9 ambient 0 }
    }
  }
#end

#declare X = -3.15;
#for (I, 0, 13)
  #declare W = 0.34 + 0.30*rand(R);
  #declare H = 2.15 + 0.95*rand(R);
  #declare Gap = (I = 9 ? 0.62 : 0.012);
  object { Book(I, W, H, 1.25) rotate z*(I = 9 ? 9.5 : (rand(R) - 0.5)*0.5) translate <X, (I = 9 ? 0.005 : 0), -0.28 + 0.20*rand(R)> }
  #declare X = X + W + Gap;
#end

